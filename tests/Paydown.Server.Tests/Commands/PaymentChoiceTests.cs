using Paydown.Server.Commands;
using Paydown.Server.Payments;
using Paydown.Server.Platform;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class PaymentChoiceTests
{
    [Theory]
    [InlineData(null, null, false, PaymentKind.None)]
    [InlineData(null, null, true, PaymentKind.Sandbox)]
    [InlineData(null, "bank", true, PaymentKind.Files)]
    [InlineData("files", "bank", false, PaymentKind.Files)]
    [InlineData("sandbox", null, false, PaymentKind.Sandbox)]
    [InlineData("none", "bank", true, PaymentKind.None)]
    public void The_partner_is_the_one_that_is_named_or_follows_from_the_rest(
        string? kind, string? folder, bool isDemo, PaymentKind chosen) =>
        PaymentChoice.Read(kind, folder, isDemo).Kind.ShouldBe(chosen);

    [Theory]
    [InlineData("files", null, "--payments-folder")]
    [InlineData("pigeon", null, "sandbox, files or none")]
    public void What_does_not_go_together_is_said(string kind, string? folder, string said) =>
        Should.Throw<OperatingException>(() => PaymentChoice.Read(kind, folder, false)).Message.ShouldContain(said);
}
