#if canImport(WinSDK)
    import WinSDK

    /// Waits for what cannot be associated with a port: a console, a pipe, a file, a socket that is
    /// somebody else's.
    ///
    /// A thread for each wait, which posts a packet and ends: whoever watches standard input does
    /// so for as long as it lives, one wait after the other.
    final class WaitingThread: PortWatch {
        private let thread: OSThread
        private let stopped: StopEvent

        /// - Throws: if there is no such handle, or no thread left.
        init(on handle: Handle, port: WindowsPort, key: UInt) throws(IOError) {
            guard let file = HANDLE(bitPattern: handle.raw), GetFileType(file) != FileType.none
            else { throw IOError(.invalid, code: System.lastCode, during: .watch) }
            let stopped = try StopEvent()
            self.stopped = stopped
            thread = try OSThread(name: "zmq-watch") {
                stopped.wait(for: handle)
                // A post fails only while the system is out of memory for packets.
                while port.post(key: key) != 0 { System.pause(milliseconds: 1) }
            }
        }

        func stop() {
            stopped.set()
            System.interruptCall(of: thread.token)
        }

        private enum FileType {
            static let none: DWORD = 0
            static let pipe: DWORD = 3
        }

        /// Tells the thread to stop.
        private final class StopEvent: @unchecked Sendable {  // immutable
            private let event: HANDLE

            init() throws(IOError) {
                guard let event = CreateEventW(nil, true, false, nil) else {
                    throw IOError(systemCode: System.lastCode, during: .watch)
                }
                self.event = event
            }

            deinit { _ = CloseHandle(event) }

            func set() { _ = SetEvent(event) }

            private func isSet(within milliseconds: DWORD) -> Bool {
                WaitForSingleObject(event, milliseconds) == 0
            }

            /// Returns when the handle can be read, or has come to its end, or when told to stop.
            func wait(for handle: Handle) {
                guard let file = HANDLE(bitPattern: handle.raw) else { return }
                var mode: DWORD = 0
                if GetConsoleMode(file, &mode) {
                    let both: [HANDLE?] = [file, event]
                    _ = both.withUnsafeBufferPointer {
                        WaitForMultipleObjects(DWORD($0.count), $0.baseAddress, false, DWORD.max)
                    }
                } else if GetFileType(file) == FileType.pipe {
                    if System.isSocket(handle) { waitForSocket(handle) } else { waitForPipe(file) }
                }
                // A file can always be read.
            }

            private func waitForPipe(_ pipe: HANDLE) {
                while !isSet(within: 0) {
                    // A read of nothing returns when there is something, or at the end.
                    var none: DWORD = 0
                    var byte: UInt8 = 0
                    _ = ReadFile(pipe, &byte, 0, &none, nil)
                    var available: DWORD = 0
                    guard PeekNamedPipe(pipe, nil, 0, nil, &available, nil), available == 0 else {
                        return
                    }
                    // It was a write of nothing, or the read was ended. Nor does every system let
                    // such a read wait: Wine does not on the pipes of Linux.
                    if isSet(within: 5) { return }
                }
            }

            private func waitForSocket(_ socket: Handle) {
                // No call can be made to return here, so it is a short one.
                while !isSet(within: 0) {
                    if System.waitReadable(socket, milliseconds: 100) { return }
                }
            }
        }
    }
#endif
