/// What the kernel may use for ever, and so is never freed. It is kept in a place, so that a leak
/// detector sees that it is meant.
enum AbandonedObjects {
    private static let lock = Lock()
    // Guarded by the lock.
    nonisolated(unsafe) private static var objects: [AnyObject] = []

    /// Keeps an object, and all that it holds, until the process ends.
    static func keep(_ object: AnyObject) {
        lock.withLock { objects.append(object) }
    }
}
