# What syslog, mail and a webhook tell.

alerts-opened = { $id } { $severity } { $code } { $subject }: { $detail } ({ $title })
alerts-escalated = WORSE: { $id } { $severity } { $code } { $subject }: { $detail } ({ $title })
alerts-closed = ENDED: { $id } { $severity } { $code } { $subject }: { $detail } ({ $title })
alerts-severity-high = high
alerts-severity-medium = medium
alerts-severity-low = low
alerts-severity-info = info
alerts-more = { $headline } (and { $count } more)
alerts-since = since { $at }
alerts-symptom = { $device }: { $title }: { $told }
alerts-rest = … and { $count } more
