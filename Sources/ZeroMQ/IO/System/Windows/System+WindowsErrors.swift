#if canImport(WinSDK)
    import WinSDK

    extension IOError {
        /// Classifies a Win32 or Winsock code.
        init(systemCode code: Int32, during operation: IOOperation) {
            var kind = CompletionStatus.kind(code)
            // A missing folder is no refusal when it is we who want to listen in it.
            if operation == .bind, kind == .refused { kind = .addressNotAvailable }
            self.init(kind, code: code, during: operation)
        }

        /// What the calling thread's last socket call failed with.
        static func lastSocketError(during operation: IOOperation) -> IOError {
            IOError(systemCode: System.lastSocketCode, during: operation)
        }
    }

    extension IOError.Kind {
        init(systemCode code: Int32) { self = CompletionStatus.kind(code) }
    }

    extension System {
        /// Never 0: the caller knows that something failed.
        static var lastSocketCode: Int32 {
            let code = WSAGetLastError()
            return code == 0 ? CompletionStatus.Code.wsaFault : code
        }

        /// Never 0: the caller knows that something failed.
        static var lastCode: Int32 {
            let code = Int32(truncatingIfNeeded: GetLastError())
            return code == 0 ? CompletionStatus.Code.invalidParameter : code
        }
    }
#endif
