import Synchronization
import Testing

@testable import ZeroMQ

/// The transports a test runs over.
enum TestTransport: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case tcp
    case ipc
    case inproc

    /// Those with a stream under them.
    static let wired: [TestTransport] = [.tcp, .ipc]

    private static let names = Atomic<Int>(0)

    /// An endpoint to bind that nobody else uses.
    var freshEndpoint: String {
        switch self {
        case .tcp: "tcp://127.0.0.1:*"
        case .ipc: "ipc://*"
        case .inproc:
            "inproc://test-\(Self.names.add(1, ordering: .relaxed).newValue)"
        }
    }

    /// An endpoint at which nobody listens yet, to connect to first and to bind later.
    func reservedEndpoint(_ context: Context) async throws -> String {
        if self == .inproc { return freshEndpoint }
        let probe = try PullSocket(context)
        let endpoint = try probe.bind(freshEndpoint)
        await probe.close(linger: .zero)
        // The directory of a wildcard path goes with its socket.
        return self == .tcp ? endpoint : "ipc://@zmq-test-\(System.randomName)"
    }

    var testDescription: String { rawValue }
}

extension System {
    fileprivate static var randomName: String {
        String(UInt64.random(in: .min ... .max), radix: 36)
    }
}
