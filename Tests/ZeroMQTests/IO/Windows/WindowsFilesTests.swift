#if canImport(WinSDK)
    import Testing
    import WinSDK

    @testable import ZeroMQ

    /// The calls about paths on Windows.
    @Suite struct WindowsFilesTests {
        @Test func aPrivateDirectoryIsFreshAndGoes() throws {
            let prefix = System.temporaryDirectory + Array("/zmq-test-".utf8)
            let first = try System.makePrivateDirectory(prefix: prefix)
            let second = try System.makePrivateDirectory(prefix: prefix)
            #expect(first != second && first.starts(with: prefix))
            #expect(try System.status(of: first)?.kind == .directory)
            #expect(try System.status(of: first) != System.status(of: second))
            // Only an empty one goes, and no file call takes it.
            #expect(!System.removeFile(first))
            let file = try makeFile(in: first, "a")
            #expect(!System.removeDirectory(first))
            #expect(System.removeFile(file))
            #expect(System.removeDirectory(first) && System.removeDirectory(second))
            #expect(try System.status(of: first) == nil)
        }

        @Test func filesAreKnownAgain() throws {
            let directory = try System.makePrivateDirectory(
                prefix: System.temporaryDirectory + Array("/zmq-\u{E9}-".utf8))
            let first = try makeFile(in: directory, "first")
            let other = try makeFile(in: directory, "other")
            let before = try #require(try System.status(of: first))
            #expect(before.kind == .regularFile)
            #expect(try System.status(of: other)?.identity != before.identity)
            let moved = directory + Array("/moved".utf8)
            #expect(System.renameFile(first, to: moved))
            #expect(try System.status(of: first) == nil)
            #expect(try System.status(of: moved) == before)
            // A name that is taken is not linked over, but it is moved over.
            #expect(!System.linkFile(moved, to: other))
            #expect(System.renameFile(moved, to: other))
            #expect(try System.status(of: other) == before)
            #expect(System.linkFile(other, to: first))
            #expect(try System.status(of: first)?.identity == before.identity)
            #expect(System.removeFile(first) && System.removeFile(other))
            #expect(!System.removeFile(other))
            #expect(System.removeDirectory(directory))
        }

        @Test func whatIsMissingIsNoError() throws {
            let missing = System.temporaryDirectory + Array("/zmq-no/such/thing".utf8)
            #expect(try System.status(of: missing) == nil)
            let error = #expect(throws: IOError.self) {
                try System.makePrivateDirectory(prefix: missing)
            }
            #expect(error?.kind == .addressNotAvailable)
        }

        @Test func directoriesForTemporaryFilesAreThere() throws {
            for path in [System.temporaryDirectory, System.shortTemporaryDirectory] {
                #expect(path.contains(UInt8(ascii: "/")) && !path.contains(UInt8(ascii: "\\")))
                #expect(try System.status(of: path)?.kind == .directory)
            }
        }

        private func makeFile(in directory: [UInt8], _ name: String) throws -> [UInt8] {
            let path = directory + Array("/\(name)".utf8)
            let (write, createNew): (DWORD, DWORD) = (0x4000_0000, 1)
            let file = System.withWide(path) {
                CreateFileW($0, write, 0, nil, createNew, 0, nil)
            }
            let made = try #require(file)
            try #require(made != INVALID_HANDLE_VALUE)
            #expect(CloseHandle(made))
            return path
        }
    }
#endif
