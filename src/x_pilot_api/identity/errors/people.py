"""Refusals about people and their roles."""

from x_pilot_api.core.errors import AppError


class UsernameTaken(AppError):
    """Somebody signs in under that name already."""

    code = "username_taken"
    title_zh, title_en = "用户名已被使用", "The user name is taken"


class NotOneself(AppError):
    """Nobody changes their own roles, disables themself or restores their own access: another administrator has to."""

    code = "not_oneself"
    title_zh, title_en = "不能对自己执行此操作，须由另一名管理员处理", "Another administrator has to do this"


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


class RoleScopeUnknown(AppError):
    """The institution, college, programme, student or organisation is not there."""

    code = "role_scope_unknown"
    title_zh, title_en = "角色的范围不存在", "What the role is to be held in does not exist"


class RoleHeld(AppError):
    """The person holds that role there already."""

    code = "role_held"
    title_zh, title_en = "此人已拥有该角色", "The person holds the role already"


class RolesApart(AppError):
    """The role does not go together with one the person holds."""

    code = "roles_apart"
    title_zh, title_en = "该角色与此人已有的角色互斥", "The role does not go together with one the person holds"
    detail_zh = "平台角色（含评价组织人员）只能单独持有。"
    detail_en = "A role on the platform or in an organisation is held alone."


class RoleBeyond(AppError):
    """The role, or one the person holds, is not the caller's to decide on."""

    code = "role_beyond"
    title_zh, title_en = "该角色须由安全管理员处理", "A security administrator decides on this"
    detail_zh = "教务处只管理本校的院系负责人、专家、教师和学生。"
    detail_en = "An office decides on its own institution's coordinators, experts, teachers and students alone."


class LastSecurityAdmin(AppError):
    """Nobody would be left who could grant roles."""

    code = "last_security_admin"
    title_zh, title_en = "不能移除最后一名安全管理员", "The last security administrator stays"
