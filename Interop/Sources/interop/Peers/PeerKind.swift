import Foundation

/// An implementation that can sit on one side of a cell.
enum PeerKind: String, Sendable, CaseIterable {
    case swift
    /// Our library over io_uring.
    case uring
    /// Our library on the completion ports of Windows, inside Wine.
    case wine
    case libzmq
    case pyzmq

    /// The program and its arguments.
    var command: [String] {
        switch self {
        case .swift: [PeerKind.beside("peer-swift")]
        case .uring: [PeerKind.beside("peer-swift"), "--io-uring"]
        case .wine: ["/usr/bin/env", "wine64", PeerKind.wineProgram ?? "peer-swift.exe.so"]
        case .libzmq: [PeerKind.beside("peer-libzmq")]
        case .pyzmq: ["/usr/bin/env", "python3", PeerKind.pythonPeer]
        }
    }

    /// What to type when the peer cannot be started.
    var installation: String {
        switch self {
        case .swift, .uring: "swift build -c release --package-path Interop"
        case .wine: "Tests/Windows/parts/interop, which builds it"
        case .libzmq: "apt-get install -y libzmq3-dev"
        case .pyzmq: "python3 -m pip install pyzmq"
        }
    }

    /// What stands behind `--wine`.
    static let wineProgram: String? = {
        let words = CommandLine.arguments
        guard let option = words.firstIndex(of: "--wine") else { return nil }
        return words[(option + 1)...].first
    }()

    /// How titles call it.
    var title: String {
        switch self {
        case .swift: "swift-zeromq"
        case .uring: "swift-zeromq over io_uring"
        case .wine: "swift-zeromq on completion ports (Wine)"
        case .libzmq, .pyzmq: rawValue
        }
    }

    private static func beside(_ name: String) -> String {
        let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: program).deletingLastPathComponent()
            .appendingPathComponent(name).path
    }

    private static var pythonPeer: String {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 {
            package.deleteLastPathComponent()
        }
        return package.appendingPathComponent("Python/peer.py").path
    }
}
