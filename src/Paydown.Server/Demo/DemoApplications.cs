using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Applications;
using Paydown.Server.Ledger;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Wallets;

namespace Paydown.Server.Demo;

/// <summary>
/// Applications of the demo lender, one in each state. The first customer has an open offer and an undecided request;
/// the other customer has an approval, an acceptance and a loan that was paid out. Their ids never change.
/// </summary>
public sealed class DemoApplications
{
    private readonly NpgsqlConnection connection;
    private readonly Ids ids;
    private readonly DateTimeOffset now;
    private readonly CancellationToken token;

    internal DemoApplications(NpgsqlConnection connection, Ids ids, DateTimeOffset now, CancellationToken token) =>
        (this.connection, this.ids, this.now, this.token) = (connection, ids, now, token);

    /// <summary>The application of the first customer's loan that is up to date.</summary>
    public static LoanApplicationId UpToDate { get; } = DemoPeople.Id<LoanApplicationId>(301);

    public static LoanApplicationId Requested { get; } = DemoPeople.Id<LoanApplicationId>(320);

    public static LoanApplicationId Rejected { get; } = DemoPeople.Id<LoanApplicationId>(321);

    public static LoanApplicationId Approved { get; } = DemoPeople.Id<LoanApplicationId>(322);

    /// <summary>The application with the first customer's open offer.</summary>
    public static LoanApplicationId OfferSent { get; } = DemoPeople.Id<LoanApplicationId>(323);

    public static LoanApplicationId Accepted { get; } = DemoPeople.Id<LoanApplicationId>(324);

    public static LoanApplicationId Withdrawn { get; } = DemoPeople.Id<LoanApplicationId>(325);

    public static LoanApplicationId Expired { get; } = DemoPeople.Id<LoanApplicationId>(326);

    public static LoanApplicationId Cancelled { get; } = DemoPeople.Id<LoanApplicationId>(327);

    public static LoanApplicationId Disbursed { get; } = DemoPeople.Id<LoanApplicationId>(328);

    internal async Task AddAsync()
    {
        var (ada, bayo) = (DemoPeople.Customer, DemoPeople.Other);
        await WriteAsync(Request(Rejected, ada, DemoProducts.Business, 9_000_000, 12, daysAgo: 60));
        await WriteAsync(
            Offer(Withdrawn, ada, DemoProducts.Salary, 80_000, 6, daysAgo: 50)
                .ActedBy(ada.Id)
                .End(ApplicationStatus.Withdrawn, "The customer withdrew.")
        );
        await WriteAsync(
            Offer(Expired, ada, DemoProducts.Salary, 90_000, 6, daysAgo: 40)
                .Automatically()
                .To(ApplicationStatus.Expired, "The offer was not answered in time.")
        );
        await WriteAsync(
            Request(Cancelled, ada, DemoProducts.Business, 200_000, 6, daysAgo: 30)
                .End(ApplicationStatus.Cancelled, "The customer cancelled the application.")
        );
        await WriteAsync(Request(Requested, ada, DemoProducts.Business, 1_500_000, 24, daysAgo: 2));
        await WriteAsync(Offer(OfferSent, ada, DemoProducts.Salary, 300_000, 12, daysAgo: 1));
        await WriteAsync(Approve(Approved, bayo, DemoProducts.Business, 400_000, 12, daysAgo: 1));
        await DisburseAsync(Offer(Disbursed, bayo, DemoProducts.Salary, 200_000, 12, daysAgo: 20));
        await WriteAsync(Accept(Offer(Accepted, bayo, DemoProducts.Salary, 100_000, 6, daysAgo: 3)));
    }

    /// <summary>Adds the application of a loan that is opened elsewhere, and the credit to the wallet.</summary>
    internal async Task AddForAsync(LoanChange opened)
    {
        var (loan, terms) = (opened.After, opened.After.Terms);
        var daysAgo = DemoPeople.DayOf(now).DayNumber - terms.SubmittedOn.DayNumber;
        var requested = Request(
            loan.ApplicationId!.Value,
            DemoPeople.Customer,
            DemoProducts.Salary,
            terms.Principal.Major,
            terms.NumberOfInstallments,
            daysAgo
        );
        var approved = ApplicationSteps.Approve(
            requested.Automatically(),
            new ApprovedTerms(terms.Principal, terms.AnnualRatePercent, terms.NumberOfInstallments)
        );
        var offer = LoanOffer.Of(terms, [], terms.SubmittedOn);
        var offered = approved
            .To(ApplicationStatus.OfferSent, "Offer sent.")
            .Offered(
                new SentOffer
                {
                    Number = 1,
                    Terms = terms,
                    Fees = [],
                    TotalRepayment = offer.TotalRepayment,
                    AnnualPercentageRate = offer.AnnualPercentageRate,
                    SentBy = UserId.Nobody,
                    SentAt = approved.ActionContext.At,
                    ExpiresAt = approved.ActionContext.At.AddDays(14),
                }
            );
        var disbursed = Accept(offered)
            .With(stored => stored with { TermsAcceptedAt = offered.ActionContext.At })
            .Automatically()
            .To(ApplicationStatus.Disbursed, "Paid out to the wallet.");
        var credit = WalletPostings.DisbursedToWallet(opened.Events[0].Id, opened.State.Disbursed, opened.Events[0].On);

        await WalletStore.LockAsync(connection, loan.CustomerId, loan.OrganisationId, loan.Currency, token);
        await using var batch = new NpgsqlBatch(connection);
        ApplicationChangeStore.AddTo(batch, disbursed);
        WalletStore.AddTo(
            batch,
            [
                new WalletMovement(
                    loan.CustomerId,
                    loan.OrganisationId,
                    new BookedEntry(ids.Next<JournalEntryId>(), credit),
                    opened.ActionContext.At
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(token);
    }

    private Task WriteAsync(ApplicationChange change) => ApplicationChangeStore.WriteAsync(connection, change, token);

    private async Task DisburseAsync(ApplicationChange offered)
    {
        var accepted = Accept(offered).With(stored => stored with { TermsAcceptedAt = offered.ActionContext.At });
        var decided = await LoanDisbursement.DecideAsync(
            connection,
            accepted.After,
            accepted.ActionContext,
            amount: null,
            token
        );
        await new LoanDisbursement(new LoanChanges(ids), ids).DisburseAsync(
            connection,
            accepted.Automatically(),
            decided.Value,
            token
        );
    }

    private static ApplicationChange Accept(ApplicationChange offered) =>
        ApplicationSteps.Accept(offered.ActedBy(offered.After.CustomerId.AsUser));

    private ApplicationChange Offer(
        LoanApplicationId id,
        User customer,
        LoanProduct product,
        decimal amount,
        int duration,
        int daysAgo
    ) => ApplicationSteps.SendOffer(Approve(id, customer, product, amount, duration, daysAgo), DemoPeople.TimeZone);

    private ApplicationChange Approve(
        LoanApplicationId id,
        User customer,
        LoanProduct product,
        decimal amount,
        int duration,
        int daysAgo
    )
    {
        var request = Request(id, customer, product, amount, duration, daysAgo);
        // An officer approves if the product requires one.
        var decided = product.ApprovesAutomatically ? request.Automatically() : request.ActedBy(DemoPeople.Manager.Id);
        return ApplicationSteps.Approve(
            decided,
            new ApprovedTerms(request.After.Requested, product.AnnualRatePercent, duration)
        );
    }

    private ApplicationChange Request(
        LoanApplicationId id,
        User customer,
        LoanProduct product,
        decimal amount,
        int duration,
        int daysAgo
    )
    {
        var at = now.AddDays(-daysAgo);
        var context = new ActionContext(customer.Id, at, DemoPeople.DayOf(at), "demo");
        var answers = product
            .Questions.Where(question => question.IsRequired)
            .Select(question => new GivenAnswer(question.Id, AnswerTo(question)))
            .ToList();
        var request = RequestOf(customer, amount, duration, answers);
        var known = new KnownApplicant { Name = $"{customer.FirstName} {customer.LastName}" };
        var read = ApplicationRules.Read(product, isOpen: true, request, known, context.Today);
        if (read.IsRefused)
            throw new InvalidOperationException(read.Refusal.Message);
        var checks = ApplicationRules.Check(product, read.Value, known, context.Today);
        var score = Scoring.Of(
            new ScoredApplicant
            {
                MonthlyIncome = read.Value.MonthlyIncome,
                EmploymentStatus = request.EmploymentStatus,
                Wanted = ProductTerms.Of(
                    product,
                    read.Value.Amount,
                    duration,
                    product.AnnualRatePercent,
                    context.Today
                ),
                Loans = [],
                QuestionsAsked = product.Questions.Count,
                QuestionsAnswered = answers.Count,
            }
        );
        var (status, reason) = ApplicationRules.Decide(product, read.Value, checks, score);
        var change = ApplicationChange.Of(
            FileOf(id, customer, product, read.Value, context) with
            {
                Checks = checks,
                Score = score,
            },
            context
        );
        return status == ApplicationStatus.Rejected ? change.Automatically().End(status, reason!) : change;
    }

    private static LoanRequest RequestOf(
        User customer,
        decimal amount,
        int duration,
        IReadOnlyList<GivenAnswer> answers
    ) =>
        new()
        {
            CurrencyCode = "NGN",
            Amount = amount,
            Duration = duration,
            RepaymentMethod = PaymentMethod.BankTransfer,
            EmploymentStatus = "EMPLOYED",
            MonthlyIncome = 450_000,
            DateOfBirth = DemoPeople.BirthOf(customer),
            FirstName = customer.FirstName,
            LastName = customer.LastName,
            BankCode = "058",
            AccountNumber = "0123456785",
            Answers = answers,
        };

    private static StoredApplication FileOf(
        LoanApplicationId id,
        User customer,
        LoanProduct product,
        ReadRequest request,
        ActionContext context
    ) =>
        new()
        {
            CustomerId = customer.Id.AsCustomer,
            Id = id,
            OrganisationId = customer.OrganisationId,
            CustomerName = $"{customer.FirstName} {customer.LastName}",
            Email = customer.Email,
            Product = product,
            Status = ApplicationStatus.Requested,
            Requested = request.Amount,
            Duration = request.Sent.Duration,
            DurationCounter = request.Sent.Duration,
            RepaymentMethod = request.Sent.RepaymentMethod,
            EmploymentStatus = request.Sent.EmploymentStatus,
            MonthlyIncome = request.MonthlyIncome,
            FirstName = request.Sent.FirstName,
            LastName = request.Sent.LastName,
            DateOfBirth = request.Sent.DateOfBirth,
            PhoneNumber = "+2348000000000",
            Bvn = "22345678901",
            AccountNumber = request.Account.AccountNumber,
            BankCode = request.Account.BankCode,
            Answers = request.Sent.Answers,
            Checks = [],
            Score = new Score([]),
            RequestedBy = customer.Id,
            RequestedOn = context.Today,
            RecordedAt = context.At,
        };

    private static string AnswerTo(EligibilityQuestion question) =>
        question.Type switch
        {
            QuestionType.YesNo => "YES",
            QuestionType.Choice => question.Options[0],
            QuestionType.Number => "24",
            _ => "Nothing.",
        };
}
