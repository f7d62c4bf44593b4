import Foundation

/// A directory of this run for sockets and the peers' standard error.
enum Scratch {
    static let directory: URL = {
        let name = "zmq-interop-\(ProcessInfo.processInfo.processIdentifier)"
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }()

    static func remove() {
        try? FileManager.default.removeItem(at: directory)
    }
}
