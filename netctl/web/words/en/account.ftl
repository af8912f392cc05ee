account-title = Account
account-roles = Roles of { $name }
account-grant = { $role } ({ $organisation } only)
account-no-roles = No roles. Ask an admin.

account-said-password = The password is changed, and all other sessions have ended.
account-said-session = The session has ended.
account-said-sessions = All other sessions have ended.
account-said-token = The token is revoked.

account-sessions = Where you are signed in
account-sessions-table = Sessions
account-seen = Last seen
account-address = Address
account-way = How
account-way-password = password
account-way-oidc = identity provider
account-agent = Browser
account-until = Until
account-action = Action
account-this = this one
account-end = End
account-end-one = End the session seen { $seen }
account-end-others = End all other sessions
account-no-sessions = No sessions.

account-password = Password
account-password-current = Password of now
account-password-new = New password
account-password-rules = At least { $shortest } characters. Several unrelated words in a row are easy to keep and hard to guess. It must not hold the user's name or be a common one.
account-password-repeated = New password once more
account-password-differs = The two new passwords differ.
account-refused-short = It is too short: at least 12 characters.
account-refused-long = It is too long: at most 256 characters.
account-refused-control = It holds a control character; letters, digits, marks and spaces are welcome.
account-refused-few = It repeats itself: use five different characters at least.
account-refused-name = It holds the user's name.
account-refused-common = It is one that is tried first. Several unrelated words in a row do well.
account-password-change = Change the password
account-password-none = No password is set. If you need one, ask an admin for a link.

account-tokens = API tokens
account-tokens-why = With these, programs use the API in your name, with no more than your roles.
account-tokens-table = Tokens
account-no-tokens = No tokens.
account-token-new = New token
account-token-name = Name
account-token-name-hint = Say which program uses it.
account-token-scope = Scope
account-token-scope-hint = Everyday work is to comment, acknowledge, silence and stop a push. No token decides about a change: approving, rejecting and asking for changes take a person who has signed in.
account-scope-read = read only
account-scope-work = read and everyday work
account-scope-push = read, everyday work and pushing
account-scope-all = read only (made before there were scopes)
account-token-days = Valid for
account-days = { $count ->
    [one] one day
   *[other] { $count } days
}
account-token-make = Make
account-token-made = The token is made
account-token-once = This value is shown only now. Keep it in a safe place.
account-token-secret = Token
account-used = Last used
account-expired = expired
account-revoke = Revoke
account-revoke-one = Revoke the token “{ $name }”
account-back = Back to the account
