/// One line a peer answered: `ok` or `err WORD`, then `key=value` words.
struct PeerReply: Sendable {
    let line: String
    let isOK: Bool
    /// The word behind `err`; empty for `ok`.
    let error: String
    private let values: [String: String]

    init(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        self.line = line
        isOK = words.first == "ok"
        let second = words.count > 1 ? words[1] : ""
        error = isOK || second.contains("=") ? "" : second
        var values: [String: String] = [:]
        for word in words {
            guard let mark = word.firstIndex(of: "=") else { continue }
            values[String(word[..<mark])] = String(word[word.index(after: mark)...])
        }
        self.values = values
    }

    subscript(key: String) -> String? { values[key] }

    /// A number the reply must carry.
    func number(_ key: String) throws(Failure) -> Int {
        guard let text = values[key], let number = Int(text) else {
            throw Failure("no number \(key)= in the reply: \(line)")
        }
        return number
    }

    /// The frames of a `take`, in hexadecimal.
    var frames: [String] {
        (values["frames"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
            .map(String.init)
    }
}
