using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Events;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Tests;

/// <content>Loans, repayments and wallets.</content>
public sealed partial class TestOrganisation
{
    private LoanProduct? salary;
    private int takenOver;

    /// <summary>The default terms: 12,000.00 for 12 months at 12 % per year, 30/360, submitted 100 days ago.</summary>
    public LoanTerms Terms => ProductTerms.Of(TestProducts.Salary, Kobo(12_000_00), 12, 12, Today.AddDays(-100));

    /// <summary>
    /// Opens a loan of <see cref="Customer"/>, paid out on the day its terms were submitted: by default 100 days ago.
    /// </summary>
    public Task<StoredLoan> OpenLoanAsync(LoanTerms? terms = null) => OpenLoanAsync(Customer, terms);

    /// <inheritdoc cref="OpenLoanAsync(LoanTerms?)"/>
    public async Task<StoredLoan> OpenLoanAsync(TestUser customer, LoanTerms? terms = null)
    {
        var product = terms is null
            ? salary ??= await AddProductAsync()
            : await AddProductAsync(TestProducts.Of(terms));
        terms ??= Terms;
        using var then = Visit(terms.SubmittedOn);
        return await DisburseAsync(customer, product, terms.Principal.MinorUnits, terms.NumberOfInstallments);
    }

    /// <summary>Opens the loan that a test describes.</summary>
    public async Task<StoredLoan> AddLoanAsync(TestUser customer, TestLoan? loan = null)
    {
        loan ??= new TestLoan();
        var disbursedOn = Today.AddDays(-loan.DaysAgo);
        var opened = await OpenLoanAsync(customer, loan.TermsFrom(disbursedOn));
        if (loan.PaidMinor > 0)
        {
            using var then = Visit(disbursedOn.AddDays(1));
            await PayAsync(opened, loan.PaidMinor, disbursedOn.AddDays(1));
        }

        if (loan.Collector is { } collector)
            await HandOverAsync(opened, collector);
        return await ReadAsync(opened);
    }

    /// <summary>The events of a loan, as other systems get them.</summary>
    public async Task<IReadOnlyList<PublishedEvent>> EventsOfAsync(StoredLoan loan)
    {
        var all = await EventStore.ListAsync(Server.Database, Id, 0, null, int.MaxValue, TimeProvider.System, default);
        return [.. all.Where(one => one.AccountId == loan.Id)];
    }

    /// <summary>The types of a loan's events, for example <c>loan.disbursed</c>.</summary>
    public async Task<IReadOnlyList<string>> EventNamesOfAsync(StoredLoan loan) =>
        [.. (await EventsOfAsync(loan)).Select(one => one.Type.Name)];

    /// <summary>
    /// Opens a loan without an application, as taken over from another lender's books. No call does so, so it uses the
    /// server's own store.
    /// </summary>
    public async Task<StoredLoan> TakeOverLoanAsync(TestUser? customer = null, LoanTerms? terms = null)
    {
        terms ??= Terms;
        var stored = new StoredLoan
        {
            CustomerId = (customer ?? Customer).Caller.CustomerId,
            Id = Server.Ids.Next<LoanId>(),
            OrganisationId = Id,
            ApplicationId = null,
            ProductName = "Legacy Loan",
            AccountProductName = "Personal Loans",
            RepaymentMethod = PaymentMethod.BankTransfer,
            Reference = CreditorReference.FromBody($"OVER{++takenOver:0000}").Value,
            Terms = terms,
            Collector = null,
            AppliedOn = null,
            DisbursedOn = null,
            State = LoanStatus.PendingDisbursement,
            Balance = default,
            Payoff = Kobo(0),
            Overpaid = Kobo(0),
            Pending = Kobo(0),
            BalanceOn = null,
            NextDueOn = null,
            InstallmentCount = 0,
            Events = [],
        };
        var context = new ActionContext(Manager.Caller.UserId, Server.Now, Today, "test");
        var change = new LoanChanges(Server.Ids).Open(stored, terms.Principal, terms.SubmittedOn, context);
        await using var connection = await Server.Database.OpenConnectionAsync();
        await LoanChangeStore.WriteAsync(connection, [change], default);
        return change.After;
    }

    /// <summary>Reads what the server stores about a loan.</summary>
    public async Task<StoredLoan> ReadAsync(StoredLoan loan)
    {
        await using var connection = await Server.Database.OpenConnectionAsync();
        return (await LoanStore.FindAsync(connection, loan.CustomerId, loan.Id, forUpdate: false, default))!;
    }

    /// <summary>Reports a bank transfer as the loan's customer.</summary>
    /// <returns>The id of the repayment, which awaits verification.</returns>
    public async Task<Guid> ReportAsync(StoredLoan loan, long amountMinor, DateOnly paidOn, string? reference = null)
    {
        var customer = UserOf(loan);
        var bankAccountId = await BankAccountOfAsync(customer);
        var reported = await customer.PostAsync(
            $"user/repay-loan/{loan.CustomerId}",
            new
            {
                repaymentAmount = loan.Money(amountMinor).Major,
                customerId = loan.CustomerId,
                accountId = loan.Id,
                bankAccountId,
                repaymentReference = reference ?? loan.Reference,
                paymentDate = $"{paidOn:yyyy-MM-dd}",
            }
        );
        return reported.ShouldSucceed().GetProperty("id").GetGuid();
    }

    /// <summary>Records a payment of any amount as the second manager.</summary>
    /// <returns>The id of the repayment, which awaits verification.</returns>
    public async Task<Guid> RecordAsync(
        StoredLoan loan,
        long amountMinor,
        DateOnly paidOn,
        string method = "BANK_TRANSFER"
    )
    {
        var recorded = await SecondManager.PostAsync(
            "admin/repayments",
            new
            {
                accountId = loan.Id,
                repaymentAmount = loan.Money(amountMinor).Major,
                paymentMethod = method,
                paymentDate = $"{paidOn:yyyy-MM-dd}",
            }
        );
        return recorded.ShouldSucceed().GetProperty("id").GetGuid();
    }

    /// <summary>Records a payment and verifies it.</summary>
    /// <returns>The id of the repayment.</returns>
    public async Task<Guid> PayAsync(
        StoredLoan loan,
        long amountMinor,
        DateOnly paidOn,
        string method = "BANK_TRANSFER"
    )
    {
        var id = await RecordAsync(loan, amountMinor, paidOn, method);
        await VerifyAsync(id);
        return id;
    }

    /// <summary>Verifies a repayment, by two cashiers if the amount needs two.</summary>
    public async Task VerifyAsync(Guid id)
    {
        var verified = (await Cashier.PutAsync($"admin/repayments/{id}/verify")).ShouldSucceed();
        if (verified.GetProperty("verificationStatus").GetString() == "PENDING_VERIFICATION")
            (await SecondCashier.PutAsync($"admin/repayments/{id}/verify")).ShouldSucceed();
    }

    /// <summary>Reports a repayment that a cashier rejects.</summary>
    public async Task<Guid> RejectAsync(StoredLoan loan, long amountMinor)
    {
        var id = await ReportAsync(loan, amountMinor, Today);
        (await Cashier.PutAsync($"admin/repayments/{id}/reject", new { reason = "Because" })).ShouldSucceed();
        return id;
    }

    /// <summary>Pays an amount that a cashier reverses.</summary>
    public async Task<Guid> ReverseAsync(StoredLoan loan, long amountMinor)
    {
        var id = await PayAsync(loan, amountMinor, Today);
        (await Cashier.PutAsync($"admin/repayments/{id}/reverse", new { reason = "Because" })).ShouldSucceed();
        return id;
    }

    /// <summary>Hands the collection of a loan to a third party.</summary>
    public async Task HandOverAsync(StoredLoan loan, string collector) =>
        (
            await Manager.PutAsync($"admin/loans/{loan.Id}/third-party-collection", new { enabled = true, collector })
        ).ShouldSucceed();

    /// <summary>Pays a loan of this amount out to the customer's wallet.</summary>
    public async Task FundWalletAsync(TestUser customer, long amountMinor)
    {
        var terms = Terms with
        {
            Principal = Kobo(amountMinor),
            AnnualRatePercent = 0,
            NumberOfInstallments = 1,
            SubmittedOn = Today,
        };
        await OpenLoanAsync(customer, terms);
    }

    /// <summary>The balance of a wallet, in minor units; 0 if there is none.</summary>
    public async Task<long> ReadWalletAsync(TestUser customer) =>
        (long)(
            100
            * (await customer.GetAsync($"user/wallet/{customer.UserId}"))
                .ShouldSucceed()
                .GetProperty("balance")
                .GetDecimal()
        );

    /// <summary>Sends everything in a wallet to the customer's bank account.</summary>
    public async Task EmptyWalletAsync(TestUser customer)
    {
        var wallet = new TestWallet(Server, customer, await BankAccountOfAsync(customer), TestWallet.GoodNumber);
        await wallet.TransferAsync(await ReadWalletAsync(customer) / 100m);
    }

    /// <summary>The amount that pays a loan off today, in minor units.</summary>
    public async Task<long> PayoffOfAsync(StoredLoan loan) => (await ReadAsync(loan)).Replay(Today).Payoff.Total;

    /// <summary>Takes an application through every step to its payout.</summary>
    public async Task<StoredLoan> DisburseAsync(TestUser customer, LoanProduct product, long minor, int duration)
    {
        var application = new TestApplication(this, customer);
        var id = await application.AcceptTermsAsync(
            product,
            ("loanAmount", new Money(minor, product.Currency).Major),
            ("loanDuration", duration),
            ("durationCounter", duration),
            ("monthlyIncome", 1_000_000_000)
        );
        var paidOut = await AgreeAsync($"admin/loan-application/{id}/disburse");
        await using var connection = await Server.Database.OpenConnectionAsync();
        var accountId = paidOut.GetProperty("accountId").GetGuid();
        return (
            await LoanStore.FindAsync(connection, customer.Caller.CustomerId, new(accountId), forUpdate: false, default)
        )!;
    }

    private TestUser UserOf(StoredLoan loan) =>
        loan.CustomerId == Customer.Caller.CustomerId
            ? Customer
            : Server.UserOf(new Caller(loan.CustomerId.AsUser, Id, Role.Customer, Server.Ids.Next<SessionId>()));

    private IDisposable? Visit(DateOnly day) => day == Today ? null : Server.Clock.At(day);
}
