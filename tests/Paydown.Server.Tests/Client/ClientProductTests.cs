using Paydown.Client;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Client;

public sealed class ClientProductTests(TestServer server) : IClassFixture<TestServer>
{
    private static ProductDefinition Definition =>
        new()
        {
            Name = "Salary Loan",
            AccountProductName = "Consumer Loans",
            MinimumAmount = 1000,
            MaximumAmount = 50_000.500m,
            MinimumDuration = 3,
            MaximumDuration = 24,
            InterestRate = 24,
            Schedule = new() { InterestMethod = InterestMethod.Flat, DaysInYear = DaysInYear.Days360 },
            Allocation = new()
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
            Fees =
            [
                new()
                {
                    Name = "Fee",
                    Kind = FeeKind.Percent,
                    Percent = 1.5m,
                    Charged = FeeCharged.Deducted,
                },
            ],
            RepaymentMethods = [RepaymentMethod.BankTransfer, RepaymentMethod.Wallet],
            EligibilityQuestions =
            [
                new()
                {
                    Question = "What for?",
                    Type = QuestionType.Choice,
                    Options = ["Rent", "School"],
                    PassingAnswers = ["School"],
                },
            ],
        };

    [Fact]
    public async Task A_manager_creates_changes_and_closes_a_product()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var manager = await setting.OfficerAsync(Role.Manager);
        using var customer = setting.Client();

        var made = await manager.Products.CreateAsync(Definition);
        (made.Version, made.MaximumAmount, made.Schedule!.DaysInYear).ShouldBe((1, 50_000.50m, DaysInYear.Days360));
        var offer = (await customer.Products.GetOpenAsync()).Single(one => one.Id == made.Id);
        (offer.InterestMethod, offer.Fees[0].Percent).ShouldBe((InterestMethod.Flat, 1.5m));
        (await customer.Products.GetQuestionsAskedAsync(made.Id)).ShouldHaveSingleItem().Options.Count.ShouldBe(2);
        (
            await customer.Products.GetTermsAsync(server.Lender.Id.Value)
        ).InterestRateRange!.Maximum.ShouldBeGreaterThanOrEqualTo(24);

        var changed = await manager.Products.ChangeAsync(made.Id, made with { Name = "Salary Plus" }, made.Version);
        (changed.Version, changed.Name, changed.EligibilityQuestions!.Count).ShouldBe((2, "Salary Plus", 1));
        var refused = await Should.ThrowAsync<PaydownRefusedException>(() =>
            manager.Products.ChangeAsync(made.Id, made, made.Version)
        );
        refused.Code.ShouldBe("VERSION_CONFLICT");
        var questions = await manager.Products.GetQuestionsAsync(made.Id);
        (
            await manager.Products.ChangeQuestionsAsync(
                made.Id,
                [.. questions.EligibilityQuestions, new() { Question = "Else?", Type = QuestionType.Text }],
                2
            )
        ).Version.ShouldBe(3);
        (await manager.Products.ChangeAsync(made.Id, Definition with { IsOpen = false }, 3)).IsOpen.ShouldBe(false);
        (await manager.Products.GetAsync(made.Id)).Versions!.Count.ShouldBe(4);
        (await manager.Products.ListAsync().ToListAsync()).ShouldContain(one => one.Id == made.Id);
        (await manager.Products.GetPageAsync(1, 1)).Records.Count.ShouldBe(1);
        (await customer.Products.GetOpenAsync()).ShouldNotContain(one => one.Id == made.Id);
    }

    [Fact]
    public async Task A_manager_changes_the_settings()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var manager = await setting.OfficerAsync(Role.Manager);

        var read = await manager.Organisation.GetAsync();
        var changed = await manager.Organisation.ChangeAsync(
            read with
            {
                FourEyesAbove = 500_000m,
                TermsAndConditions = "Pay back.\nOn time.",
            }
        );
        (changed.FourEyesAbove, changed.TermsAndConditions).ShouldBe((500_000m, "Pay back.\nOn time."));
        changed.Version.ShouldBe(read.Version + 1);
        changed.CollectionAccount.AccountNumber.ShouldBe(read.CollectionAccount.AccountNumber);
    }
}
