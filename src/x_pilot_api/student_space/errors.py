"""The refusals of a student's own space."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class ChangesForgotten(AppError):
    """What changed since then can no longer be told apart from what did not."""

    code = "changes_forgotten"
    status = 410
    title_zh, title_en = "无法再增量同步", "What changed since then can no longer be told"
    guide = Guide(
        cause=Both(
            "该标记来自恢复之前的数据库，或过于久远。",
            "The token is of a database that was restored since, or is too old.",
        ),
        fix=Both(
            "不带 modified_since 重新读取全部内容，并以其替换设备上的数据。",
            "Read everything again without modified_since, and let it take the place of what the device holds.",
        ),
    )
