/// What the transport needs of the context its sockets live in.
protocol TransportContext: AnyObject, Sendable {
    /// The least loaded of the I/O threads that `affinity` allows.
    func thread(for affinity: UInt64) -> IOThread
    var resolver: any NameResolver { get }
    /// A seed for jitter.
    func randomSeed() -> UInt64
}
