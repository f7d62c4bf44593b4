/// One endpoint a socket is bound or connected to, and what works for it.
struct EndpointRecord {
    enum Worker {
        case listener(Listener, IPCPath?)
        case connector(Connector)
        case inprocBound([UInt8])
        case inprocConnected(InprocConnect)
    }

    /// The endpoint as the application gave it.
    let given: String
    /// The endpoint with ports and wildcards filled in.
    let resolved: String
    let worker: Worker
    /// The number under which a listener or connector reports its end; 0 for inproc.
    var number = 0

    func matches(_ text: String) -> Bool { given == text || resolved == text }

    var isBound: Bool {
        switch worker {
        case .listener, .inprocBound: true
        case .connector, .inprocConnected: false
        }
    }
}
