import Foundation

/// Lines in and out, with a look ahead.
enum ControlLines {
    // Unchecked: one thread, the one of main, reads.
    private nonisolated(unsafe) static var buffer: [UInt8] = []

    static var isPending: Bool {
        if buffer.contains(10) { return true }
        var entry = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) > 0
    }

    static func next() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeSubrange(...end)
                return line
            }
            var part = [UInt8](repeating: 0, count: 1 << 15)
            let count = part.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
            guard count > 0 else { return nil }
            buffer += part[..<count]
        }
    }

    static func reply(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
