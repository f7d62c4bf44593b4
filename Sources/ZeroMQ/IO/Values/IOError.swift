/// What a system call failed with, classified once per platform.
///
/// Upper layers decide by `kind`; `code` and `operation` are for people.
struct IOError: Error, Hashable, Sendable {
    /// What can be done about the failure.
    enum Kind: UInt8, Sendable {
        /// Nothing is wrong: try again, at once or when told.
        case retry
        /// Nobody listens at the address.
        case refused
        /// There is no route to the address.
        case unreachable
        /// The peer, or the network, broke the connection.
        case reset
        /// The peer did not answer in time.
        case timedOut
        /// Somebody else listens at the address.
        case addressInUse
        /// The address is not one of this machine's.
        case addressNotAvailable
        /// Out of descriptors, buffers or memory; worth another try later.
        case exhausted
        /// The system forbids it.
        case denied
        /// The system cannot do it.
        case unsupported
        /// The arguments make no sense to the system.
        case invalid
        /// The operation was cancelled before it was done.
        case cancelled
        /// The handle, the poller or the thread is closed.
        case closed
        /// Anything else.
        case other
    }

    let kind: Kind
    /// The system's own number (`errno`, or a Win32 or Winsock code), 0 where there is none.
    let code: Int32
    let operation: IOOperation

    init(_ kind: Kind, code: Int32 = 0, during operation: IOOperation) {
        self.kind = kind
        self.code = code
        self.operation = operation
    }
}

/// The step at which an `IOError` came up.
enum IOOperation: UInt8, Sendable {
    case openPoller, wait, wake, register, watch
    case openSocket, setOption, bind, listen, accept, connect
    case receive, send, shutdown
    case startThread, random

    /// The name used in messages.
    var name: StaticString {
        switch self {
        case .openPoller: "open poller"
        case .wait: "wait"
        case .wake: "wake"
        case .register: "register"
        case .watch: "watch"
        case .openSocket: "open socket"
        case .setOption: "set option"
        case .bind: "bind"
        case .listen: "listen"
        case .accept: "accept"
        case .connect: "connect"
        case .receive: "receive"
        case .send: "send"
        case .shutdown: "shut down"
        case .startThread: "start thread"
        case .random: "random bytes"
        }
    }
}

extension IOError: CustomStringConvertible {
    /// One line, for example `connect: connection refused (111)`.
    var description: String {
        code == 0
            ? "\(operation.name): \(kind.text)" : "\(operation.name): \(kind.text) (\(code))"
    }
}

extension IOError.Kind {
    /// The kind in words.
    var text: StaticString {
        switch self {
        case .retry: "try again"
        case .refused: "connection refused"
        case .unreachable: "unreachable"
        case .reset: "connection reset"
        case .timedOut: "timed out"
        case .addressInUse: "address in use"
        case .addressNotAvailable: "address not available"
        case .exhausted: "out of resources"
        case .denied: "permission denied"
        case .unsupported: "not supported"
        case .invalid: "invalid argument"
        case .cancelled: "cancelled"
        case .closed: "closed"
        case .other: "failed"
        }
    }
}
