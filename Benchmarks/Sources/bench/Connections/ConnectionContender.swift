import CConnectionLoad

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A server in a process of its own, with a crowd of plain sockets that connect to it.
enum ConnectionContender {
    static let all = [Side.ours, .libzmq, .nng, .oursUring].map(contender)
    /// nng has no heartbeats.
    static let withHeartbeats = [Side.ours, .libzmq].map(contender)

    private static func contender(_ side: Side) -> Contender {
        Contender(side) { try run(side, $0.load) }
    }

    private static func run(_ side: Side, _ load: Load) throws -> Measurement {
        let server = try ServerChild(side, heartbeat: load.heartbeat)
        let plan = load_plan(
            protocol: side == .nng ? LOAD_SP : LOAD_ZMTP, port: server.port, count: load.peers,
            at_once: min(load.handshakesAtOnce, load.peers), keeps: load.idleSeconds > 0,
            give_up: 20)
        guard let crowd = withUnsafePointer(to: plan, { load_open($0) }) else { throw failure() }
        defer { load_close(crowd) }
        let seconds = load_connect(crowd)
        guard seconds > 0 else {
            throw BenchmarkError(
                "\(failure()), after \(load_refused(crowd)) were closed in their handshake")
        }
        var measurement = Measurement(count: load.peers, seconds: seconds, as: .connects)
        guard load.idleSeconds > 0 else { return measurement }

        // What the rush has left behind is not idleness.
        _ = try watch(server, crowd, load, seconds: 0.5)
        let seen = try watch(server, crowd, load, seconds: load.idleSeconds)
        measurement.values[.memory] = seen.memory / Double(load.peers)
        measurement.values[.idle] = seen.cpu / load.idleSeconds * 100
        return measurement
    }

    private static func watch(
        _ server: ServerChild, _ crowd: OpaquePointer, _ load: Load, seconds: Double
    ) throws -> (memory: Double, cpu: Double) {
        server.ask(milliseconds: Int(seconds * 1000))
        let present = load_serve(crowd, server.descriptor, seconds + 20)
        guard present == load.peers else {
            throw BenchmarkError("\(load.peers - present) of \(load.peers) connections were lost")
        }
        return try server.answer()
    }

    private static func failure() -> BenchmarkError {
        BenchmarkError("connecting: \(String(cString: strerror(errno)))")
    }
}
