#if canImport(WinSDK)
    import WinSDK

    @testable import ZeroMQ

    /// A pipe of the system's, such as standard input is one.
    final class WatchedPipe: @unchecked Sendable {  // its ends are closed by one task
        let reader: HANDLE
        private var writer: HANDLE?

        init() throws(IOError) {
            var ends: (HANDLE?, HANDLE?)
            guard CreatePipe(&ends.0, &ends.1, nil, 4096), let reader = ends.0 else {
                throw IOError(systemCode: System.lastCode, during: .watch)
            }
            self.reader = reader
            writer = ends.1
        }

        deinit {
            end()
            _ = CloseHandle(reader)
        }

        var handle: Handle { Handle(raw: Int(bitPattern: reader)) }

        func write(_ bytes: [UInt8]) -> Bool {
            var written: DWORD = 0
            return WriteFile(writer, bytes, DWORD(bytes.count), &written, nil)
                && Int(written) == bytes.count
        }

        /// One read; nil at the end.
        func read() -> [UInt8]? {
            var bytes = [UInt8](repeating: 0, count: 100)
            var count: DWORD = 0
            guard ReadFile(reader, &bytes, DWORD(bytes.count), &count, nil) else { return nil }
            return Array(bytes.prefix(Int(count)))
        }

        /// Nothing more will be written.
        func end() {
            if let writer { _ = CloseHandle(writer) }
            writer = nil
        }
    }
#endif
