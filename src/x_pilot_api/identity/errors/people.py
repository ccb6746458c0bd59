"""Refusals about people and their roles."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class UsernameTaken(AppError):
    """Somebody signs in under that name already."""

    code = "username_taken"
    title_zh, title_en = "用户名已被使用", "The user name is taken"
    guide = Guide(
        cause=Both(
            "已有人员使用该用户名，停用的人员也占用其用户名。",
            "Somebody has the user name already; a disabled person keeps theirs.",
        ),
        fix=Both(
            "换一个用户名；若是同一人，请为已有账号授予角色。",
            "Choose another; if it is the same person, grant a role to the account there is.",
        ),
    )


class NotOneself(AppError):
    """Nobody changes their own roles, disables themself or restores their own access: another administrator has to."""

    code = "not_oneself"
    title_zh, title_en = "不能对自己执行此操作，须由另一名管理员处理", "Another administrator has to do this"
    guide = Guide(
        cause=Both(
            "操作对象是您自己；本人的角色、停用与启用须由他人处理。",
            "It is about yourself; nobody decides on their own roles or access.",
        ),
        fix=Both(
            "请另一名管理员执行此操作。",
            "Ask another administrator to do it.",
        ),
    )


class RoleScopeUnfit(AppError):
    """The role cannot be held there."""

    code = "role_scope_unfit"
    title_zh, title_en = "角色与其范围不相符", "The role cannot be held there"
    detail_zh = (
        "角色 {role} 的范围不正确：院系负责人须指定一个二级学院或一个专业，学生须指定学籍，组织人员须指定评价组织。"
    )
    detail_en = (
        "{role} is not held in that scope: a coordinator is of one college or one programme, a student is one student, "
        "org_staff are of one organisation."
    )
    guide = Guide(
        cause=Both(
            "所填范围与角色不相符：缺少必需的范围，或多填了不属于该角色的范围。",
            "The scope lacks what the role is held in, or names something the role is not held in.",
        ),
        fix=Both(
            "按 detail 填写该角色需要的范围，去掉其余字段。",
            "Send the scope that detail asks for, and leave the other fields out.",
        ),
        example={"role": "coordinator"},
    )


class RoleScopeUnknown(AppError):
    """The institution, college, programme, student or organisation is not there."""

    code = "role_scope_unknown"
    title_zh, title_en = "角色的范围不存在", "What the role is to be held in does not exist"
    guide = Guide(
        cause=Both(
            "所填的院校、二级学院、专业、学生或评价组织不存在，或不属于该院校。",
            "The institution, college, programme, student or organisation is not there, or is not the institution's.",
        ),
        fix=Both(
            "核对范围中的各个编号，并确认它们属于同一所院校。",
            "Check each id of the scope, and that all belong to the same institution.",
        ),
    )


class RoleHeld(AppError):
    """The person holds that role there already."""

    code = "role_held"
    title_zh, title_en = "此人已拥有该角色", "The person holds the role already"
    guide = Guide(
        cause=Both(
            "此人在同一范围内已有该角色。",
            "The person holds the same role in the same scope.",
        ),
        fix=Both(
            "无需再次授予；如需不同范围，请填写另一范围。",
            "There is nothing to grant; name another scope if that was meant.",
        ),
    )


class RolesApart(AppError):
    """The role does not go together with one the person holds."""

    code = "roles_apart"
    title_zh, title_en = "该角色与此人已有的角色互斥", "The role does not go together with one the person holds"
    detail_zh = "平台角色（含评价组织人员）只能单独持有。"
    detail_en = "A role on the platform or in an organisation is held alone."
    guide = Guide(
        cause=Both(
            "平台和评价组织的角色不能与其他角色同时持有。",
            "A role on the platform or in an organisation is not held beside another.",
        ),
        fix=Both(
            "先撤销与之互斥的角色，或为该职责另建账号。",
            "Take the other role away first, or create another account for this duty.",
        ),
    )


class RoleBeyond(AppError):
    """The role, or one the person holds, is not the caller's to decide on."""

    code = "role_beyond"
    title_zh, title_en = "该角色须由安全管理员处理", "A security administrator decides on this"
    detail_zh = "教务处只管理本校的院系负责人、专家、教师和学生。"
    detail_en = "An office decides on its own institution's coordinators, experts, teachers and students alone."
    guide = Guide(
        cause=Both(
            "要授予的角色，或此人已有的角色，超出教务处的管理范围。",
            "The role, or one the person holds, is not among those an office decides on.",
        ),
        fix=Both(
            "请平台安全管理员处理。",
            "Ask a security administrator to do it.",
        ),
    )


class LastSecurityAdmin(AppError):
    """Nobody would be left who could grant roles."""

    code = "last_security_admin"
    title_zh, title_en = "不能移除最后一名安全管理员", "The last security administrator stays"
    guide = Guide(
        cause=Both(
            "执行后将没有可用的安全管理员。",
            "No security administrator would be left.",
        ),
        fix=Both(
            "先为另一人授予安全管理员角色，再执行此操作。",
            "Make somebody else a security administrator first, then try again.",
        ),
    )
