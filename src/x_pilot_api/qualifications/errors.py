"""Refusals about seed teachers, training consortia and qualifications."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class CategoryExists(AppError):
    """A code names one category."""

    code = "certificate_category_exists"
    title_zh, title_en = "证书类别代码已存在", "The category's code is taken"
    detail_zh, detail_en = "代码 {category} 已用于另一证书类别。", "Another category has the code {category}."
    guide = Guide(
        cause=Both("每个代码只对应一个证书类别。", "A code names one category of certificates."),
        fix=Both("换一个代码，或修改已有类别。", "Choose another code, or change the category there is."),
        example={"category": "FIN"},
    )


class CertificatesNotKnown(AppError):
    """A category names a certificate that does not exist."""

    code = "category_certificates_unknown"
    title_zh, title_en = "证书不存在", "A certificate does not exist"
    detail_zh, detail_en = "不存在的证书：{certificate_ids}。", "Unknown certificates: {certificate_ids}."
    guide = Guide(
        cause=Both("列入类别的证书不在目录中。", "A certificate of the category is not in the catalogue."),
        fix=Both("从证书目录中选择。", "Choose certificates of the catalogue."),
        example={"certificate_ids": "0197a1c2-0000-7000-8000-000000000011"},
    )


class NominationOpen(AppError):
    """A nomination waits for its answer already."""

    code = "seed_nomination_open"
    title_zh, title_en = "已有待认定的推荐", "A nomination waits already"
    detail_zh = "该教师在此类别、层级已有一份待教务处认定的种子教师推荐。"
    detail_en = "A nomination of this teacher for this category and tier waits for the office."
    guide = Guide(
        cause=Both("同一教师、类别、层级同时只有一份推荐。", "Of a teacher, category and tier one nomination is open."),
        fix=Both("等教务处认定或不予认定后再推荐。", "Wait until the office has answered it."),
    )


class NominatedByThemself(AppError):
    """Who nominated somebody does not certify them."""

    code = "seed_second_person_needed"
    title_zh, title_en = "须由另一人认定", "A second person is needed"
    guide = Guide(
        cause=Both("该推荐由您本人提出。", "You nominated this teacher yourself."),
        fix=Both("请教务处另一人办理。", "Let somebody else of the office answer it."),
    )


class SeedTermOverlaps(AppError):
    """A teacher is a seed teacher of a category and tier once at a time."""

    code = "seed_term_overlaps"
    title_zh, title_en = "任期重叠", "The terms overlap"
    detail_zh = "{valid_from} 至 {valid_until} 与该教师同类别、同层级的另一任期重叠。"
    detail_en = "From {valid_from} to {valid_until} there is another term of the same teacher, category and tier."
    guide = Guide(
        cause=Both("同一类别、层级的任期不能重叠。", "Terms of one category and tier do not overlap."),
        fix=Both("让新任期从上一任期结束之后开始。", "Let the new term begin when the one before has ended."),
        example={"valid_from": "2026-01-01", "valid_until": "2028-12-31"},
    )


class TermNotAhead(AppError):
    """A term that is over is not certified."""

    code = "seed_term_over"
    title_zh, title_en = "任期已过", "The term is over"
    detail_zh, detail_en = "任期止于 {valid_until}，今天是 {today}。", "It ends on {valid_until}, and today is {today}."
    guide = Guide(
        cause=Both("认定的任期已经结束。", "The term that would be certified has ended."),
        fix=Both("填写今天或以后结束的任期。", "Give a term that ends today or later."),
        example={"valid_until": "2025-12-31", "today": "2026-05-10"},
    )


class ConsortiumNameTaken(AppError):
    """A consortium's name is its own."""

    code = "consortium_name_taken"
    title_zh, title_en = "联合体名称已存在", "The consortium's name is taken"
    detail_zh, detail_en = "已有名为{name}的培训联合体。", "There is a consortium with the name {name}."
    guide = Guide(
        cause=Both("培训联合体的名称在本校唯一。", "At an institution each consortium has a name of its own."),
        fix=Both("换一个名称。", "Choose another name."),
        example={"name": "财务会计类培训联合体"},
    )


class MemberUnknown(AppError):
    """A member does not exist."""

    code = "consortium_member_unknown"
    title_zh, title_en = "成员单位不存在", "The member does not exist"
    detail_zh, detail_en = "没有此成员单位：{member}。", "There is no such member: {member}."
    guide = Guide(
        cause=Both("所填的二级学院或培训评价组织不存在。", "The college or the organisation does not exist."),
        fix=Both("从列表中选择；校外合作单位填写名称。", "Choose from the list, or give an outside partner's name."),
        example={"member": "0197a1c2-0000-7000-8000-000000000011"},
    )


class MemberAlready(AppError):
    """Somebody is a member once at a time."""

    code = "consortium_member_already"
    title_zh, title_en = "该单位已是成员", "It is a member already"
    detail_zh, detail_en = "自 {from_on} 起的期间内该单位已是成员。", "It is a member in the time from {from_on}."
    guide = Guide(
        cause=Both("同一单位同一时间只有一种身份。", "Of one member there is one role at a time."),
        fix=Both("先结束原来的成员身份，或填写之后的日期。", "End the membership there is, or begin after it."),
        example={"from_on": "2026-05-10"},
    )


class LeadAlready(AppError):
    """A consortium has one lead at a time."""

    code = "consortium_lead_already"
    title_zh, title_en = "牵头单位只能有一个", "There is a lead already"
    detail_zh, detail_en = "自 {from_on} 起已有牵头单位。", "From {from_on} on there is a lead."
    guide = Guide(
        cause=Both("一个联合体同一时间只有一个牵头单位。", "A consortium has exactly one lead at a time."),
        fix=Both("读取最新的成员后再移交牵头。", "Read its members anew, then hand the lead over."),
        example={"from_on": "2026-05-10"},
    )


class LeadStays(AppError):
    """The lead is handed over, never just ended."""

    code = "consortium_lead_stays"
    title_zh, title_en = "牵头单位不能直接退出", "The lead does not just leave"
    guide = Guide(
        cause=Both("联合体任何时候都有一个牵头单位。", "At any time a consortium has a lead."),
        fix=Both("先移交牵头，或结束联合体。", "Hand the lead over, or close the consortium."),
    )


class ConsortiumDayUnfit(AppError):
    """A day does not fit the time of a consortium or membership."""

    code = "consortium_day_unfit"
    title_zh, title_en = "日期不合适", "The day does not fit"
    detail_zh, detail_en = "{day} 不在 {from_on} 至 {until_on} 之间。", "{day} is not within {from_on} to {until_on}."
    guide = Guide(
        cause=Both("日期须在联合体或成员身份的期间之内。", "The day is outside the time it has to be in."),
        fix=Both("填写期间之内的日期。", "Choose a day within that time."),
        example={"day": "2026-05-10", "from_on": "2026-06-01", "until_on": "2026-12-31"},
    )


class SeedTeacherNotActive(AppError):
    """Only a seed teacher whose term runs vouches for others."""

    code = "seed_teacher_not_active"
    title_zh, title_en = "种子教师不在任期内", "The seed teacher's term does not run"
    detail_zh, detail_en = "该种子教师当前为 {state}。", "The seed teacher is {state}."
    guide = Guide(
        cause=Both("只有任期内的种子教师可以为他人出具资格依据。", "Only an active seed teacher vouches for others."),
        fix=Both("选择任期内的种子教师，或填写评价组织的文件号。", "Choose an active one, or give a document number."),
        example={"state": "lapsed"},
    )
