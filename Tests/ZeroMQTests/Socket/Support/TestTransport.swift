import Synchronization
import Testing

@testable import ZeroMQ

/// The transports a test runs over.
enum TestTransport: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case tcp
    case ipc
    case inproc

    /// Those with a stream under them.
    #if canImport(WinSDK)
        static let wired: [TestTransport] = [.tcp]
        static let allCases: [TestTransport] = [.tcp, .inproc]
    #else
        static let wired: [TestTransport] = [.tcp, .ipc]
    #endif

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
        switch self {
        case .inproc: return freshEndpoint
        // The directory of a wildcard path goes with its socket.
        case .ipc: return "ipc://@zmq-test-\(Self.randomName)"
        case .tcp:
            while true {
                // Below the ports that the system hands out by itself.
                let step = Self.ports.add(1, ordering: .relaxed).newValue
                let endpoint = "tcp://127.0.0.1:\(10_000 + step % 20_000)"
                let probe = try PullSocket(context)
                let isFree = (try? probe.bind(endpoint)) != nil
                await probe.close(linger: .zero)
                if isFree { return endpoint }
            }
        }
    }

    private static let ports = Atomic<Int>(Int.random(in: 0..<20_000))
    private static var randomName: String {
        String(UInt64.random(in: .min ... .max), radix: 36)
    }

    var testDescription: String { rawValue }
}
