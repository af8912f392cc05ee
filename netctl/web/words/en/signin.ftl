signin-title = Sign in
signin-name = Name
signin-password = Password
signin-do = Sign in
signin-no-password = If you have no password or forgot it, ask an admin for a link to set a new one.
signin-directory = Your organisation's sign-in
signin-by-directory = Sign in with { $name }
signin-leave-directory = Sign out of { $name }, too
signin-said-signed-out = You are signed out.
signin-said-password-set = The password is set. Sign in with it.
signin-check-both = Check both and try again.
signin-wait = Wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}. Every further failure makes it longer.

signin-again-title = Sign in again
signin-again-why = Approving, pushing and the like take somebody who signed in less than { $minutes } minutes ago. Please prove that it is you.
signin-again-do = Confirm
signin-again-cancel = Cancel
signin-again-no-way = This account has no way to prove who you are. Ask an admin.

signin-link-title = Set a password
signin-link-for = This sets the password of “{ $name }”. The link works once.
signin-link-do = Set the password

error-NETCTL-E0901 = Name and password do not fit
error-NETCTL-E0902 = Too many attempts failed; signing in is paused
error-NETCTL-E0903 = This password cannot be used
error-NETCTL-E0904 = This link was used, replaced, or is too old
error-NETCTL-E0905 = Please sign in again
error-NETCTL-E0906 = There is no such session
error-NETCTL-E0907 = This token cannot be used
error-NETCTL-E0908 = This token may only read
error-NETCTL-E0914 = A decision takes a person, not a token
error-NETCTL-E0915 = This token may not push
error-NETCTL-E0909 = No such token can be made
error-NETCTL-E0910 = What the identity provider says is not believed
error-NETCTL-E0911 = The identity provider cannot be reached
error-NETCTL-E0912 = User and identity provider account do not belong together
error-NETCTL-E0913 = There is no such token
