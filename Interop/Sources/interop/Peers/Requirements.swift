/// Starts each peer once: a missing one ends the run with the command that installs it.
enum Requirements {
    /// What each peer says it is.
    static func check(_ kinds: Set<PeerKind>) throws(Failure) -> [PeerKind: String] {
        var titles: [PeerKind: String] = [:]
        for kind in kinds {
            titles[kind] = try title(of: kind)
        }
        return titles
    }

    /// Whether the system lets our peer use io_uring; many containers do not.
    static func allowsIOUring() throws(Failure) -> Bool {
        let peer = try PeerProcess(.uring, role: "ours", patience: 60)
        defer { peer.dismiss() }
        return try peer.attempt("hello").error != "REFUSED"
    }

    private static func title(of kind: PeerKind) throws(Failure) -> String {
        let peer = try PeerProcess(kind, role: kind.rawValue, patience: 60)
        defer { peer.dismiss() }
        do throws(Failure) {
            let hello = try peer.ask("hello")
            let version = hello["version"] ?? "?"
            if let binding = hello["pyzmq"] { return "pyzmq \(binding) (libzmq \(version))" }
            return "\(kind.title) \(version)"
        } catch {
            throw Failure(
                """
                \(kind.rawValue) does not run: \(error)
                \(peer.lastWords)
                Install it with: \(kind.installation)
                """)
        }
    }
}
