extension Unmanaged {
    /// Calls `body` with the object, without a retain; somebody else keeps it alive meanwhile.
    @inline(__always)
    func borrow<R, E: Error>(_ body: (Instance) throws(E) -> R) throws(E) -> R {
        try _withUnsafeGuaranteedRef { (instance) -> Result<R, E> in
            do throws(E) {
                return .success(try body(instance))
            } catch {
                return .failure(error)
            }
        }.get()
    }
}
