import Testing

/// Tests that need a process of their own, one after the other: the parent of such a test blocks
/// one of its few threads until the children that run at the same time have ended.
@Suite(.serialized) struct OwnProcessTests {}
