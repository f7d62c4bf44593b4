#if !hasFeature(Embedded)
    #if TSAN_ANNOTATIONS
        import CZeroMQPlatform
    #endif

    /// A suspended task, and the one way in which tasks are suspended and resumed here.
    ///
    /// The runtime hands the value over in a way thread-sanitizer cannot see. Built with
    /// `-DTSAN_ANNOTATIONS` the hand-over is told to it: a release before the resume, an acquire
    /// after the await. The checked continuation is used then, because its `resume` reads the
    /// task's frame inside the runtime, not in code the sanitizer watches.
    struct Continuation<Value: Sendable>: Sendable {
        #if TSAN_ANNOTATIONS
            private let continuation: CheckedContinuation<Value, Never>
            // An address only: nothing is stored there.
            private nonisolated(unsafe) let tag: UnsafeMutableRawPointer
        #else
            private let continuation: UnsafeContinuation<Value, Never>
        #endif

        /// Resumes the task with `value`. Exactly once; never with a lock held.
        func resume(returning value: Value) {
            #if TSAN_ANNOTATIONS
                zeromq_tsan_release(tag)
            #endif
            continuation.resume(returning: value)
        }

        /// Suspends the calling task until the continuation handed to `body` is resumed.
        static func suspend(_ body: (Continuation<Value>) -> Void) async -> Value {
            #if TSAN_ANNOTATIONS
                let tag = UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1)
                let value = await withCheckedContinuation {
                    body(Continuation(continuation: $0, tag: tag))
                }
                zeromq_tsan_acquire(tag)
                tag.deallocate()
                return value
            #else
                return await withUnsafeContinuation { body(Continuation(continuation: $0)) }
            #endif
        }
    }

    extension Continuation where Value == Void {
        /// Resumes the task.
        func resume() { resume(returning: ()) }
    }
#endif
