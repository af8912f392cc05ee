people-title = People
people-table = People
people-person = { $name }
people-name = Name
people-name-hint = As the operating system or the identity provider knows them: lower-case letters, digits, “_”, “-” and “.”, at most 32.
people-role = Role
people-roles = Roles
people-no-roles = No roles.
people-organisation = Reach
people-organisation-hint = With an organisation chosen, the role holds for its routers only.
people-organisation-label = { $name } ({ $id })
people-everywhere = the whole network
people-way-in = Way in
people-way-password = password
people-way-directory = identity provider
people-way-both = password and identity provider
people-way-link = a link is out
people-way-none = none
people-sessions = Sessions
people-tokens = Tokens
people-seen = Last seen
people-created = Added

people-add = Add a user
people-add-do = Add
people-grant = One more role
people-grant-do = Grant
people-revoke = Revoke
people-revoke-one = Revoke the role “{ $role }”

people-password-since = Set:
people-password-none = No password is set.
people-link-out = A link is out until
people-link-why = Makes a link that works once. Hand it to them by a safe way; only they will know the password.
people-link-do = Make a link to set a password
people-link-made = Link for { $name } to set a password
people-link-once = This link is shown only now. Give it to nobody else. The audit log tells that you made it.
people-link = Link
people-back = Back to { $name }

people-end-all = End all sessions
people-issuer = Issuer
people-subject = Subject
people-linked = Linked
people-unlink = Unlink
people-unlink-why = This ends all sessions; whoever signs in next under the name is linked anew.

people-said-granted = The role is granted.
people-said-revoked = The role is revoked.
people-said-session = The session has ended.
people-said-sessions = All sessions have ended.
people-said-token = The token is revoked.
people-said-unlinked = The user is unlinked, and all sessions have ended.

error-NETCTL-E0412 = There is a user of this name already
error-NETCTL-E0415 = Nobody could manage users any more
error-NETCTL-E0416 = This name or role cannot be
