using Paydown.Server.Commands;
using Paydown.Server.Payments;
using Paydown.Server.Platform;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class PaymentChoiceTests
{
    private static readonly string Bank = Path.GetTempPath();

    [Theory]
    [InlineData("auto", false, false, PaymentKind.None)]
    [InlineData("auto", false, true, PaymentKind.Sandbox)]
    [InlineData("auto", true, true, PaymentKind.Files)]
    [InlineData("files", true, false, PaymentKind.Files)]
    [InlineData("sandbox", false, false, PaymentKind.Sandbox)]
    [InlineData("none", true, true, PaymentKind.None)]
    public void The_partner_is_the_named_one_or_follows_from_the_other_options(
        string kind,
        bool hasFolder,
        bool isDemo,
        PaymentKind chosen
    ) => PaymentChoice.Read(kind, hasFolder ? Bank : "", isDemo).Kind.ShouldBe(chosen);

    [Fact]
    public void Files_need_a_folder() =>
        Should
            .Throw<OperatingException>(() => PaymentChoice.Read("files", "", false))
            .Message.ShouldContain("--payments-folder");
}
