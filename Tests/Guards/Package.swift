// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "swift-zeromq-guards",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-zeromq", path: "../..")],
    targets: [
        .executableTarget(
            name: "guards",
            dependencies: [.product(name: "ZeroMQ", package: "swift-zeromq")],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
            ])
    ]
)
