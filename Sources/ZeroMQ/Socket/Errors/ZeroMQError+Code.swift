extension ZeroMQError {
    /// An open set of codes: compare with `==`, and expect that more are added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: StaticString

        private init(_ name: StaticString) {
            self.name = name
        }

        public var description: String { name.description }

        public static func == (left: Code, right: Code) -> Bool {
            left.description == right.description
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(description)
        }

        /// The socket was closed (`ENOTSOCK`).
        public static let closed = Code("closed")
        /// The context was shut down (`ETERM`).
        public static let terminated = Code("terminated")
        /// The time given was not enough (`EAGAIN`).
        public static let timedOut = Code("timedOut")
        /// The task was cancelled; nothing was sent, and no message was lost.
        public static let cancelled = Code("cancelled")
        /// The endpoint's text is wrong (`EINVAL`).
        public static let invalidEndpoint = Code("invalidEndpoint")
        /// This transport, option or mechanism is not available here (`EPROTONOSUPPORT`).
        public static let unsupported = Code("unsupported")
        /// An option is out of its range (`EINVAL`).
        public static let invalidOption = Code("invalidOption")
        /// Another socket is bound there (`EADDRINUSE`).
        public static let addressInUse = Code("addressInUse")
        /// The address is not one of this machine's (`EADDRNOTAVAIL`, `ENODEV`).
        public static let addressNotAvailable = Code("addressNotAvailable")
        /// The system forbids it (`EACCES`).
        public static let permissionDenied = Code("permissionDenied")
        /// The name could not be resolved.
        public static let nameNotResolved = Code("nameNotResolved")
        /// The socket is not bound or connected there (`ENOENT`).
        public static let endpointNotFound = Code("endpointNotFound")
        /// No peer has that routing id (`EHOSTUNREACH`).
        public static let hostUnreachable = Code("hostUnreachable")
        /// Not now: a REQ or REP socket has the other half of its turn to do first (`EFSM`).
        public static let wrongState = Code("wrongState")
        /// The message has not the frames that this socket type needs (`EINVAL`).
        public static let malformedMessage = Code("malformedMessage")
        /// The peer has gone and the request with it.
        public static let peerLost = Code("peerLost")
        /// A limit of the context or the process is reached (`EMFILE`, `ENOMEM`).
        public static let limitReached = Code("limitReached")
        /// The two socket types do not talk to each other (`ENOCOMPATPROTO`).
        public static let incompatiblePeer = Code("incompatiblePeer")
        /// Another peer holds that routing id, or the exclusive place (`EADDRINUSE`).
        public static let duplicatePeer = Code("duplicatePeer")
        /// A context belongs to the process that made it; this one was forked off.
        public static let contextLostByFork = Code("contextLostByFork")
        /// Any other failure of a system call.
        public static let system = Code("system")
    }
}
