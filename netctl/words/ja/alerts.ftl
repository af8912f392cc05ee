# syslog、メール、webhookで伝える文。

alerts-opened = { $id } 重大度「{ $severity }」 { $title } { $subject }：{ $detail }（{ $code }）
alerts-escalated = 【悪化】{ $id } 重大度「{ $severity }」 { $title } { $subject }：{ $detail }（{ $code }）
alerts-closed = 【終了】{ $id } 重大度「{ $severity }」 { $title } { $subject }：{ $detail }（{ $code }）
alerts-severity-high = 高
alerts-severity-medium = 中
alerts-severity-low = 低
alerts-severity-info = 情報
alerts-more = { $headline }（ほか{ $count }件）
alerts-since = 発生 { $at }
alerts-symptom = { $device }：{ $title }：{ $told }
alerts-rest = … ほか{ $count }件
