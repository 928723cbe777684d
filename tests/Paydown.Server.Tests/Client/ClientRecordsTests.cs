using System.Text.Json.Nodes;
using Paydown.ClientRecords;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Client;

public sealed class ClientRecordsTests
{
    private const string Folder = "src/Paydown.Client/Generated";

    [Fact]
    public void The_records_are_those_of_the_document()
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/openapi.json")))!;
        var enums = ClientEnums.Read(Path.Combine(Repository.Root, "src/Paydown.Client"));

        var written = new Records(document.AsObject(), enums).Write();

        var stored = Directory
            .GetFiles(Path.Combine(Repository.Root, Folder))
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        stored
            .Keys.Union(written.Keys)
            .Where(name => stored.GetValueOrDefault(name) != written.GetValueOrDefault(name))
            .ShouldBeEmpty($"{Folder} is stale. Run: dotnet run --project build/ClientRecords");
    }

    [Fact]
    public void An_enum_that_the_client_lacks_is_named()
    {
        var enums = ClientEnums.Read(Path.Combine(Repository.Root, "src/Paydown.Client"));

        enums.Get(["CHARGE", "INTEREST"], "Waiver.debt").ShouldBe("WaivedDebt");
        Should
            .Throw<InvalidOperationException>(() => enums.Get(["CHARGE", "LUCK"], "Waiver.debt"))
            .Message.ShouldContain("Waiver.debt: add an enum with the values CHARGE, LUCK");
    }
}
