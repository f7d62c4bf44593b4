/// The private directories of `ipc://*`, to be removed at the latest when the process ends.
final class TemporaryDirectories: Sendable {
    static let shared = TemporaryDirectories()

    private let lock = Lock()
    // Guarded by the lock: each directory with the one file that may be in it.
    nonisolated(unsafe) private var files: [[UInt8]: [UInt8]] = [:]
    private let process = System.processID

    private init() {
        System.runAtExit { TemporaryDirectories.shared.removeAll() }
    }

    func remember(_ directory: [UInt8], file: [UInt8]) {
        lock.withLock { files[directory] = file }
    }

    func forget(_ directory: [UInt8]) {
        lock.withLock { files[directory] = nil }
    }

    private func removeAll() {
        // The directories of a forked process are its parent's.
        guard process == System.processID else { return }
        let left = lock.withLock { files }
        for (directory, file) in left {
            System.removeFile(file)
            System.removeDirectory(directory)
        }
    }
}
