/// Accepts, and makes an end of each connection.
final class Listener: End, @unchecked Sendable {  // touched on the I/O thread alone
    let address: SocketAddress
    private let make: (World, Handle) throws(IOError) -> End
    private(set) var accepted = 0
    private(set) var failures = 0
    /// Told of each accepted connection.
    var onAccept: ((End) -> Void)?

    /// Listens on loopback, at a port the system chooses.
    init(
        _ world: World, _ options: ListenOptions = ListenOptions(),
        _ make: @escaping (World, Handle) throws(IOError) -> End
    ) throws(IOError) {
        let any = SocketAddress(ipv4: 0x7f00_0001, port: 0)
        let handle = try world.poller.openListener(any, options)
        address = world.poller.localAddress(of: handle) ?? any
        self.make = make
        try super.init(world, handle)
        poller.accept(on: id)
    }

    override func happened(_ outcome: IOOutcome) {
        switch outcome {
        case .accepted(let handle):
            accepted += 1
            do throws(IOError) {
                let end = try make(world, handle)
                onAccept?(end)
            } catch {
                failures += 1
            }
        case .acceptFailed: failures += 1
        default: break
        }
    }
}
