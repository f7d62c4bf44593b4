/// ZMTP written out by hand, well formed unless asked otherwise; nothing here is the library's.
enum WireText {
    static func greeting(
        major: UInt8 = 3, minor: UInt8 = 1, mechanism: [UInt8] = Array("NULL".utf8),
        asServer: UInt8 = 0, first: UInt8 = 0xFF, tenth: UInt8 = 0x7F,
        padding: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1], filler: UInt8 = 0
    ) -> [UInt8] {
        var bytes = [first]
        bytes += padding
        bytes += [tenth, major, minor]
        bytes += mechanism
        bytes += [UInt8](repeating: 0, count: 20 - mechanism.count)
        bytes.append(asServer)
        bytes += [UInt8](repeating: filler, count: 31)
        return bytes
    }

    /// The header of a long frame, whatever it announces.
    static func longHeader(_ length: UInt64, flags: UInt8 = 0) -> [UInt8] {
        var bytes = [flags | 2]
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: length >> UInt64(shift)))
        }
        return bytes
    }

    static func frame(_ body: [UInt8], flags: UInt8 = 0) -> [UInt8] {
        if body.count > 255 { return longHeader(UInt64(body.count), flags: flags) + body }
        return [flags, UInt8(body.count)] + body
    }

    static func frame(_ text: String, flags: UInt8 = 0) -> [UInt8] {
        frame(Array(text.utf8), flags: flags)
    }

    static func command(_ name: String, _ data: [UInt8] = [], flags: UInt8 = 4) -> [UInt8] {
        frame([UInt8(name.utf8.count)] + Array(name.utf8) + data, flags: flags)
    }

    static func property(_ name: String, _ value: [UInt8]) -> [UInt8] {
        property(name, value, announced: UInt32(value.count))
    }

    static func property(_ name: String, _ value: [UInt8], announced: UInt32) -> [UInt8] {
        var bytes = [UInt8(name.utf8.count)]
        bytes += Array(name.utf8)
        for shift in stride(from: 24, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: announced >> UInt32(shift)))
        }
        return bytes + value
    }

    static func property(_ name: String, _ value: String) -> [UInt8] {
        property(name, Array(value.utf8))
    }

    static func ready(_ type: String, identity: [UInt8]? = nil) -> [UInt8] {
        var data = property("Socket-Type", type)
        if let identity { data += property("Identity", identity) }
        return command("READY", data)
    }

    static func ping(ttl: UInt16 = 0, context: [UInt8] = []) -> [UInt8] {
        command("PING", [UInt8(ttl >> 8), UInt8(ttl & 255)] + context)
    }
}
