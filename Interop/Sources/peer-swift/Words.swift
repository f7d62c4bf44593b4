/// A command line cut into words.
struct Words {
    let command: String
    /// Words without an equals sign, behind the command.
    let plain: [String]
    let options: [String: String]

    init(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        var plain: [String] = []
        var options: [String: String] = [:]
        for word in words.dropFirst() {
            if let mark = word.firstIndex(of: "=") {
                options[String(word[..<mark])] = String(word[word.index(after: mark)...])
            } else {
                plain.append(word)
            }
        }
        command = words.first ?? ""
        self.plain = plain
        self.options = options
    }

    func number(_ name: String) -> Int? { options[name].flatMap { Int($0) } }
    func flag(_ name: String) -> Bool { (number(name) ?? 0) != 0 }
    func milliseconds(_ name: String) -> Duration? { number(name).map { .milliseconds($0) } }
}

enum Hex {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }

    static func bytes(_ text: some StringProtocol) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Substring(text)
        while rest.count >= 2 {
            bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
