"""A change from its plan to its decision: made, looked at, talked about, approved; and its papers."""
