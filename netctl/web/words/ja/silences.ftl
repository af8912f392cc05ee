# 通知停止：何を、いつまで、だれの判断で通知しないか。

silences-title = 通知停止
silences-table = 通知停止の一覧
silences-none = 通知停止はありません。
silences-what = 工事などで分かっている障害を、期限まで通知しません。障害は表示され続け、登録と解除は監査記録に残ります。

silences-column-id = 番号
silences-column-subject = 対象
silences-column-code = 種類
silences-column-standing = 状態
silences-column-until = 期限
silences-column-user = 登録者
silences-column-reason = 理由
silences-column-at = 登録

silences-standing-on = 有効
silences-standing-over = 期限切れ
silences-standing-ended = 解除済み
silences-everything = すべて
silences-every-code = すべての種類

silences-new = 通知停止を登録する
silences-subject-hint = 機器名、拠点名、回線（拠点名:1 など）、またはすべてを表す *
silences-code = 種類
silences-code-hint = WATCH-DRIFT のようなコード、またはすべてを表す *
silences-duration = 期間
silences-hours = { $hours }時間
silences-days = { $days }日間
silences-do-begin = 登録する
silences-end = 期限前に解除する
silences-end-reason = 解除の理由
silences-do-end = 解除する
silences-ended = 解除
