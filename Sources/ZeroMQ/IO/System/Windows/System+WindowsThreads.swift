#if canImport(WinSDK)
    import CZeroMQPlatform
    import WinSDK

    extension System {
        /// Tells the processor that this thread spins.
        @inline(__always)
        static func pause() { zeromq_pause() }

        /// Names a started thread: its handle and its number.
        final class ThreadToken: @unchecked Sendable {  // immutable; the handle is closed once
            fileprivate let thread: HANDLE
            fileprivate let number: DWORD

            fileprivate init(thread: HANDLE, number: DWORD) {
                self.thread = thread
                self.number = number
            }

            deinit { _ = CloseHandle(thread) }
        }

        /// A number that is the calling thread's alone for as long as it lives; never 0.
        static var currentThreadNumber: UInt { UInt(GetCurrentThreadId()) }

        static func startThread(_ start: OSThread.Start) throws(IOError) -> ThreadToken {
            let box = Unmanaged.passRetained(start)
            var number: DWORD = 0
            guard let thread = CreateThread(nil, 0, threadEntry, box.toOpaque(), 0, &number) else {
                let code = lastCode
                box.release()
                throw IOError(systemCode: code, during: .startThread)
            }
            return ThreadToken(thread: thread, number: number)
        }

        static func isCurrent(_ token: ThreadToken) -> Bool {
            token.number == GetCurrentThreadId()
        }

        static func join(_ token: ThreadToken) {
            _ = WaitForSingleObject(token.thread, DWORD.max)
        }

        /// Has a call return that the thread waits in: reading from a pipe, say. One that it is
        /// about to make is not reached.
        static func interruptCall(of token: ThreadToken) { _ = CancelSynchronousIo(token.thread) }

        /// Nothing to do: the handle is closed with the token.
        static func detach(_ token: ThreadToken) {}

        private static let threadEntry: @convention(c) (UnsafeMutableRawPointer?) -> DWORD = {
            guard let box = $0 else { return 1 }
            let start = Unmanaged<OSThread.Start>.fromOpaque(box).takeRetainedValue()
            start.body()
            return 0
        }
    }
#endif
