import Synchronization
import Testing

@testable import ZeroMQ

/// The kinds of poller every conformance test runs on.
enum PollerBackend: String, CaseIterable, CustomTestStringConvertible {
    case systemTCP, systemLocal, simulated, fragmenting, completing
    /// io_uring, where the system's own poller is another one.
    case ioUringTCP, ioUringLocal

    var testDescription: String { rawValue }

    #if canImport(WinSDK)
        private static let systemCompletes = true
    #else
        private static let systemCompletes = false
    #endif

    /// Whether operations are handed to the system as a whole: it tells of a hang-up only whoever
    /// receives, and takes a send in one piece.
    var isCompletionSystem: Bool {
        self == .completing || !isSimulated && Self.systemCompletes
    }

    private static let everywhere: [PollerBackend] = [
        .systemTCP, .simulated, .fragmenting, .completing,
    ]

    // On Windows the system has no local sockets, or this one has none yet.
    static var allCases: [PollerBackend] {
        #if canImport(WinSDK)
            everywhere
        #elseif canImport(Glibc) || canImport(Musl)
            everywhere + [.systemLocal] + (hasIOUring ? [.ioUringTCP, .ioUringLocal] : [])
        #else
            everywhere + [.systemLocal]
        #endif
    }

    #if canImport(Glibc) || canImport(Musl)
        /// Not in every container.
        static let hasIOUring = (try? System.makePoller(.ioUring)) != nil
    #endif

    /// Those over TCP of the system.
    static var systemStreams: [PollerBackend] {
        allCases.filter { !$0.isSimulated && !$0.isLocal }
    }

    var isSimulated: Bool {
        switch self {
        case .simulated, .fragmenting, .completing: true
        case .systemTCP, .systemLocal, .ioUringTCP, .ioUringLocal: false
        }
    }

    /// Whether addresses are names rather than ports.
    var isLocal: Bool { self == .systemLocal || self == .ioUringLocal }
}

/// An I/O thread driven by hand, over one of the backends.
final class TestLoop {
    let backend: PollerBackend
    let thread: IOThread
    /// The simulated network; nil on a real backend.
    let network: SimulatedNetwork?
    private static let names = Atomic<UInt64>(0)

    init(_ backend: PollerBackend, seed: UInt64 = 1) throws {
        self.backend = backend
        switch backend {
        case .systemTCP, .systemLocal:
            network = nil
            thread = IOThread(name: "test", poller: try System.makePoller())
        case .ioUringTCP, .ioUringLocal:
            network = nil
            thread = IOThread(name: "test", poller: try System.makePoller(.ioUring))
        case .simulated:
            let network = SimulatedNetwork(seed: seed)
            self.network = network
            thread = IOThread(name: "test", poller: SimulatedPoller(network))
        case .fragmenting:
            let network = SimulatedNetwork(seed: seed, faults: .fragmenting)
            self.network = network
            thread = IOThread(name: "test", poller: SimulatedPoller(network))
        case .completing:
            let network = SimulatedNetwork(seed: seed, faults: .completing)
            self.network = network
            thread = IOThread(name: "test", poller: SimulatedPoller(network))
        }
    }

    /// Over a network of the test's own.
    init(network: SimulatedNetwork, thread: IOThread) {
        backend = .simulated
        self.network = network
        self.thread = thread
    }

    /// Over a poller of the test's own.
    init(_ backend: PollerBackend, over poller: any Poller) {
        self.backend = backend
        network = nil
        thread = IOThread(name: "test", poller: poller)
    }

    deinit {
        thread.stop()
        if let network { #expect(network.violations.isEmpty) }
    }

    var poller: any Poller { thread.poller }

    /// Where a listener of this backend can be opened.
    func listenAddress() -> SocketAddress {
        if !backend.isLocal { return SocketAddress(ipv4: 0x7f00_0001, port: 0) }
        let number = Self.names.add(1, ordering: .relaxed).newValue
        let name = "zeromq-test-\(System.processID)-\(number)"
        return SocketAddress(abstractName: Array(name.utf8)) ?? .anyIPv4
    }

    /// Runs the loop until the condition holds; time that passes without it is a failure.
    @discardableResult
    func run(
        for timeout: Duration = .seconds(20), location: SourceLocation = #_sourceLocation,
        until condition: () -> Bool
    ) -> Bool {
        let deadline = thread.now().advanced(by: timeout)
        let timer = thread.armTimer(at: deadline, Waker(), tag: 0)
        defer { thread.cancelTimer(timer) }
        while !condition() {
            guard thread.now() < deadline else {
                Issue.record("time is up", sourceLocation: location)
                return false
            }
            thread.runTurn(wait: true)
        }
        return true
    }

    /// Lets so much time pass, virtual time on a simulated backend.
    func pass(_ duration: Duration) {
        let end = thread.now().advanced(by: duration)
        _ = thread.armTimer(at: end, Waker(), tag: 0)
        run(for: duration + .seconds(20)) { thread.now() >= end }
    }

    /// Runs turns that do not wait, until a few in a row had nothing to do.
    func settle() {
        for _ in 0..<8 { thread.runTurn(wait: false) }
    }

    /// Only there so that a wait ends.
    private final class Waker: IOHandler {
        func completed(_ outcome: IOOutcome) {}
    }
}

/// Makes a connection: the listener, the connecting end, the accepted end.
struct TestConnection {
    let listener: TestEnd
    let client: TestEnd
    let server: TestEnd

    init(_ loop: TestLoop, options: StreamOptions = StreamOptions()) throws {
        listener = try TestEnd.listening(loop)
        client = try TestEnd.connecting(loop, to: try #require(listener.localAddress), options)
        let (listener, client) = (listener, client)
        loop.run { client.isConnected && !listener.accepted.isEmpty }
        server = try TestEnd(loop, adopting: try #require(listener.accepted.first))
    }

    func retire() {
        for end in [listener, client, server] { end.retire() }
    }
}

extension StreamOptions {
    /// Kernel buffers so small that a few hundred kilobytes do not fit.
    static var smallBuffers: StreamOptions {
        var options = StreamOptions()
        options.sendBuffer = 16384
        options.receiveBuffer = 16384
        return options
    }
}
