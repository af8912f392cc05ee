# Silences: what makes no noise, until when, on whose word.

silences-title = Silences
silences-table = Silences
silences-none = Nothing is silenced.
silences-what = Problems that are known, such as works, make no noise until a time. They stay on the pages, and every step is in the audit log.

silences-column-id = Number
silences-column-subject = About
silences-column-code = Kind
silences-column-standing = Standing
silences-column-until = Until
silences-column-user = By
silences-column-reason = Reason
silences-column-at = Since

silences-standing-on = In force
silences-standing-over = Over
silences-standing-ended = Ended early
silences-everything = Everything
silences-every-code = Every kind

silences-new = New silence
silences-subject-hint = A router, a site, a line such as SITE:1, or * for everything
silences-code = Kind
silences-code-hint = A code such as WATCH-DRIFT, or * for every kind
silences-duration = For
silences-hours = { $hours ->
    [one] one hour
   *[other] { $hours } hours
}
silences-days = { $days ->
    [one] one day
   *[other] { $days } days
}
silences-do-begin = Silence
silences-end = End it before its time
silences-end-reason = Why
silences-do-end = End the silence
silences-ended = Ended
