using Paydown.Client;
using Paydown.Server.Demo;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Client;

public sealed class ReadmeExampleTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Readme = "src/Paydown.Client/README.md";
    private const string Source = "tests/Paydown.Server.Tests/Client/ReadmeExample.cs";

    [Fact]
    public async Task The_example_of_the_readme_runs()
    {
        await DemoLender.LoadOnceAsync(server.Database, server.Clock, default);

        var (recorded, decided) = await ReadmeExample.RunAsync(server.Address);

        recorded.RepaymentAmount.ShouldBe(1250.50m);
        decided.Id.ShouldBe(recorded.Id);
        decided.VerificationStatus.ShouldBe(VerificationStatus.Verified);
        decided.Allocation.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_readme_shows_what_is_run()
    {
        var shown = Between(Lines(Readme), "```csharp", "```");
        var run = Between(Lines(Source), "        // README: from here", "        // README: to here")
            .Select(line => line.Length > 0 ? line["        ".Length..] : line);

        shown.ShouldBe(["using Paydown.Client;", "", .. run], $"Copy the part of {Source} into {Readme}.");
    }

    private static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Repository.Root, path));

    private static IEnumerable<string> Between(string[] lines, string from, string to) =>
        lines.SkipWhile(line => line != from).Skip(1).TakeWhile(line => line != to);
}
