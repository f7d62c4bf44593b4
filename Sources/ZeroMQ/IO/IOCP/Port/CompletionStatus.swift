/// What a code of the port means for whoever waits for the operation: the one place where the
/// completion-port backend judges errors.
///
/// The numbers are Win32's and Winsock's, written out because the logic is tested on every
/// platform. Those of Winsock come from calls, the others from completions.
enum CompletionStatus: Equatable {
    case success
    /// Nothing happened to anybody: an operation was cancelled, as we asked.
    case ignore
    /// Try again: one client among many has gone.
    case retry
    /// The connection is over.
    case close(IOError.Kind)
    /// The port, or the system, is in trouble; the thread or what it tried ends with an error.
    case fatal(IOError.Kind)

    init(code: Int32) {
        switch code {
        case 0: self = .success
        case Code.operationAborted, Code.notFound: self = .ignore
        case Code.wsaConnectionReset, Code.netNameDeleted, Code.connectionAborted,
            Code.wsaConnectionAborted, Code.wsaInterrupted, Code.semaphoreTimeout:
            self = .retry
        default:
            let kind = Self.kind(code)
            self = Self.isFatal(kind) ? .fatal(kind) : .close(kind)
        }
    }

    private static func isFatal(_ kind: IOError.Kind) -> Bool {
        switch kind {
        case .exhausted, .invalid, .closed, .unsupported: true
        default: false
        }
    }

    /// The one table from a code to what can be done about it.
    static func kind(_ code: Int32) -> IOError.Kind {
        switch code {
        case Code.wsaConnectionReset, Code.netNameDeleted, Code.wsaConnectionAborted,
            Code.connectionAborted, Code.wsaNotConnected, Code.wsaShutDown, Code.wsaNetReset,
            Code.wsaDisconnect, Code.brokenPipe, Code.pipeNotConnected:
            .reset
        case Code.wsaRefused, Code.refused, Code.fileNotFound, Code.pathNotFound:
            .refused
        case Code.wsaTimedOut, Code.semaphoreTimeout, Code.timeout: .timedOut
        case Code.wsaNetUnreachable, Code.wsaHostUnreachable, Code.wsaNetDown, Code.wsaHostDown,
            Code.networkUnreachable, Code.hostUnreachable, Code.portUnreachable:
            .unreachable
        case Code.wsaAddressInUse, Code.addressInUse: .addressInUse
        case Code.wsaAddressNotAvailable: .addressNotAvailable
        case Code.wsaTooManyFiles, Code.wsaNoBuffers, Code.notEnoughMemory, Code.outOfMemory,
            Code.noSystemResources, Code.workingSetQuota, Code.tooManyFiles, Code.quota:
            .exhausted
        case Code.wsaAccess, Code.accessDenied: .denied
        case Code.wsaFamily, Code.wsaOperation, Code.wsaProtocol, Code.wsaSocketType,
            Code.notSupported, Code.wsaProtocolOption:
            .unsupported
        case Code.wsaInvalid, Code.wsaFault, Code.invalidParameter, Code.wsaAddressRequired,
            Code.wsaMessageSize:
            .invalid
        case Code.operationAborted, Code.wsaInterrupted: .cancelled
        case Code.wsaNotSocket, Code.invalidHandle, Code.abandonedWait: .closed
        case Code.wsaWouldBlock, Code.wsaInProgress: .retry
        default: .other
        }
    }

    /// The numbers by name.
    enum Code {
        static let fileNotFound: Int32 = 2
        static let pathNotFound: Int32 = 3
        static let tooManyFiles: Int32 = 4
        static let accessDenied: Int32 = 5
        static let invalidHandle: Int32 = 6
        static let notEnoughMemory: Int32 = 8
        static let outOfMemory: Int32 = 14
        static let notSupported: Int32 = 50
        static let netNameDeleted: Int32 = 64
        static let invalidParameter: Int32 = 87
        static let brokenPipe: Int32 = 109
        static let bufferOverflow: Int32 = 111
        static let semaphoreTimeout: Int32 = 121
        static let alreadyExists: Int32 = 183
        static let noData: Int32 = 232
        static let pipeNotConnected: Int32 = 233
        static let waitTimeout: Int32 = 258
        static let abandonedWait: Int32 = 735
        static let operationAborted: Int32 = 995
        static let notFound: Int32 = 1168
        static let refused: Int32 = 1225
        static let addressInUse: Int32 = 1227
        static let noAddress: Int32 = 1228
        static let networkUnreachable: Int32 = 1231
        static let hostUnreachable: Int32 = 1232
        static let portUnreachable: Int32 = 1233
        static let connectionAborted: Int32 = 1236
        static let noSystemResources: Int32 = 1450
        static let workingSetQuota: Int32 = 1453
        static let timeout: Int32 = 1460
        static let quota: Int32 = 1816
        static let wsaInterrupted: Int32 = 10004
        static let wsaAccess: Int32 = 10013
        static let wsaFault: Int32 = 10014
        static let wsaInvalid: Int32 = 10022
        static let wsaTooManyFiles: Int32 = 10024
        static let wsaWouldBlock: Int32 = 10035
        static let wsaInProgress: Int32 = 10036
        static let wsaNotSocket: Int32 = 10038
        static let wsaAddressRequired: Int32 = 10039
        static let wsaMessageSize: Int32 = 10040
        static let wsaProtocolOption: Int32 = 10042
        static let wsaProtocol: Int32 = 10043
        static let wsaSocketType: Int32 = 10044
        static let wsaOperation: Int32 = 10045
        static let wsaFamily: Int32 = 10047
        static let wsaAddressInUse: Int32 = 10048
        static let wsaAddressNotAvailable: Int32 = 10049
        static let wsaNetDown: Int32 = 10050
        static let wsaNetUnreachable: Int32 = 10051
        static let wsaNetReset: Int32 = 10052
        static let wsaConnectionAborted: Int32 = 10053
        static let wsaConnectionReset: Int32 = 10054
        static let wsaNoBuffers: Int32 = 10055
        static let wsaNotConnected: Int32 = 10057
        static let wsaShutDown: Int32 = 10058
        static let wsaTimedOut: Int32 = 10060
        static let wsaRefused: Int32 = 10061
        static let wsaHostDown: Int32 = 10064
        static let wsaHostUnreachable: Int32 = 10065
        static let wsaDisconnect: Int32 = 10101
    }
}

extension IOError {
    /// Classifies a code of the port.
    init(portCode code: Int32, during operation: IOOperation) {
        self.init(CompletionStatus.kind(code), code: code, during: operation)
    }
}
