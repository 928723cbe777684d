using Paydown.Client;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Client;

public sealed class ClientApplicationTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_application_is_approved_accepted_and_disbursed()
    {
        var product = await server.Lender.AddProductAsync();
        var setting = await ClientSetting.CreateAsync(server);
        using var customer = setting.Client();
        using var manager = await setting.OfficerAsync(Role.Manager);
        var requested = (await customer.Applications.RequestAsync(RequestFor(product))).LoanDetails;
        requested.LoanApplicationStatusEnum.ShouldBe(ApplicationStatus.Requested);
        requested.EmploymentStatus.ShouldBe(EmploymentStatus.SelfEmployed);

        var approved = await manager.ApplicationDecisions.ApproveAsync(
            requested.Id,
            new ApprovedTerms { Amount = 10_000.50m, Duration = 6 }
        );
        approved.ApprovedAmount.ShouldBe(10_000.50m);
        approved.ScoreBand.ShouldNotBe(ScoreBand.Unknown);
        (await manager.ApplicationDecisions.SendOfferAsync(requested.Id)).Events!.Count.ShouldBe(3);
        var offer = (await customer.Applications.GetOffersAsync()).ShouldHaveSingleItem();
        offer.Schedule.Sum(row => row.InstallmentAmount).ShouldBe(offer.TotalRepaymentAmount);
        (await customer.Applications.AcceptOfferAsync(requested.Id)).LoanApplicationStatusEnum.ShouldBe(
            ApplicationStatus.Accepted
        );
        (await customer.Applications.AcceptTermsAsync(requested.Id)).TermsAcceptedAt.ShouldNotBeNull();
        var disbursed = await manager.ApplicationDecisions.DisburseAsync(requested.Id);
        disbursed.WalletCredit.ShouldBe(10_000.50m);

        (await customer.Applications.GetAsync(requested.Id)).LoanDetails.AccountId.ShouldBe(disbursed.AccountId);
        (await customer.Loans.GetAsync(requested.Id)).AccountId.ShouldBe(disbursed.AccountId);
        (await manager.ApplicationDecisions.GetAsync(requested.Id)).LoanApplicationStatus.ShouldBe(
            ApplicationStatus.Disbursed
        );
    }

    [Fact]
    public async Task Offers_can_be_rejected_or_withdrawn_and_applications_rejected_or_cancelled()
    {
        var product = await server.Lender.AddProductAsync();
        var setting = await ClientSetting.CreateAsync(server);
        using var customer = setting.Client();
        using var manager = await setting.OfficerAsync(Role.Manager);
        async Task<Guid> RequestAsync() =>
            (await customer.Applications.RequestAsync(RequestFor(product))).LoanDetails.Id;
        async Task<Guid> OfferAsync()
        {
            var id = await RequestAsync();
            await manager.ApplicationDecisions.ApproveAsync(id);
            await manager.ApplicationDecisions.SendOfferAsync(id);
            return id;
        }

        (await customer.Applications.RejectOfferAsync(await OfferAsync())).LoanApplicationStatusEnum.ShouldBe(
            ApplicationStatus.Rejected
        );
        (await customer.Applications.AnswerAsync(await OfferAsync(), accept: false)).LoanStatus.ShouldBe(
            ApplicationStatus.Withdrawn
        );
        (await customer.Applications.CancelAsync(await RequestAsync())).LoanApplicationStatusEnum.ShouldBe(
            ApplicationStatus.Cancelled
        );
        (await manager.ApplicationDecisions.RejectAsync(await RequestAsync(), "No payslip")).Reason.ShouldBe(
            "No payslip"
        );
        var cancelled = await manager.ApplicationDecisions.CancelAsync(await RequestAsync());
        (await manager.ApplicationDecisions.ListAsync(ApplicationStatus.Cancelled).ToListAsync())[0]
            .Id.ShouldBe(cancelled.Id);
        (await manager.ApplicationDecisions.GetPageAsync(1, 2)).Records.Count.ShouldBe(2);
        (await customer.Loans.ListAsync(setting.Customer.UserId).ToListAsync())[0].AccountState.ShouldBeNull();
    }

    private static NewApplication RequestFor(LoanProduct product) =>
        new()
        {
            LoanProductId = product.Id.Value,
            CurrencyCode = product.Currency.Code,
            LoanAmount = 12_000m,
            LoanDuration = 12,
            LoanRepaymentMethodEnum = RepaymentMethod.BankTransfer,
            EmploymentStatus = EmploymentStatus.SelfEmployed,
            MonthlyIncome = 10_000m,
            Bvn = "22345678901",
            FirstName = "Ada",
            LastName = "Example",
            DateOfBirth = new DateOnly(1990, 5, 17),
            PhoneNumber = "+2348000000000",
            AccountNumber = "0123456785",
            BankCode = "058",
        };
}
