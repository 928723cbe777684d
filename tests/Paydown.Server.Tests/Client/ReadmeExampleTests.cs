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
    public void The_readme_shows_the_code_that_runs()
    {
        var shown = Blocks(Readme, line => line == "```csharp", line => line == "```")
            .Select(block => block.SkipWhile(line => line is "using Paydown.Client;" or ""));
        var run = Blocks(Source, line => line.EndsWith("// README: begin"), line => line.EndsWith("// README: end"))
            .Select(Unindented);

        shown.ShouldBe(run, $"Copy the marked parts of {Source} into {Readme}.");
    }

    private static IEnumerable<IReadOnlyList<string>> Blocks(
        string path,
        Func<string, bool> from,
        Func<string, bool> to
    )
    {
        var rest = File.ReadLines(Path.Combine(Repository.Root, path)).SkipWhile(line => !from(line)).ToList();
        while (rest.Count > 0)
        {
            yield return [.. rest.Skip(1).TakeWhile(line => !to(line))];
            rest = [.. rest.Skip(1).SkipWhile(line => !from(line))];
        }
    }

    private static IEnumerable<string> Unindented(IReadOnlyList<string> block)
    {
        var indent = block[0].Length - block[0].TrimStart().Length;
        return block.Select(line => line.Length > 0 ? line[indent..] : line);
    }
}
