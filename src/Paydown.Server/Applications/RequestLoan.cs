using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.BankAccounts;
using Paydown.Server.Customers;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Products;

namespace Paydown.Server.Applications;

/// <summary>
/// A customer, or an agent for a customer, applies for a loan. Automatic checks and a score reject the application with
/// a reason, approve it and send the offer if the product allows that, or leave it to an officer.
/// </summary>
public sealed class RequestLoan(SingleWrites writes, OrganisationDirectory organisations, Ids ids) : IUseCase
{
    private const int AnswersMax = 50;

    private static readonly Field<string> CurrencyCode = Field
        .Text("currencyCode", "The product's currency, ISO 4217.", 3, 3)
        .Matching("^[A-Z]{3}$", "three capital letters")
        .WithExample("NGN");
    private static readonly Field<DateOnly> DateOfBirth = Field
        .Date("dateOfBirth", "The customer's date of birth.")
        .WithExample("1990-05-17");
    private static readonly Field<int?> DurationCounter = Field
        .Integer("durationCounter", "Stored but not used; loanDuration decides.", 0, 1_000_000)
        .Optional()
        .WithExample(12);
    private static readonly Field<string?> LoanApplicationStatusEnum = Field
        .OneOf("loanApplicationStatusEnum", "Always REQUESTED; may be absent.", "REQUESTED")
        .Optional();
    private static readonly Field<string> EmploymentStatus = Field.OneOf(
        "employmentStatus",
        "The customer's employment status.",
        "EMPLOYED",
        "SELF_EMPLOYED",
        "UNEMPLOYED",
        "STUDENT",
        "RETIRED"
    );
    private static readonly Field<decimal> LoanAmount = Field
        .Amount(
            "loanAmount",
            "The requested amount: more than 0. The application is rejected if it is outside the product's limits."
        )
        .WithExample(500000);
    private static readonly Field<string> Bvn = Field
        .Text("bvn", "The customer's bank verification number.", 11, 11)
        .Matching("^[0-9]{11}$", "11 digits")
        .WithExample("22345678901");
    private static readonly Field<string> FirstName = Field
        .Text("firstName", "The customer's first name, as in the profile.", 1, 100)
        .WithExample("Ada");
    private static readonly Field<string> LastName = Field
        .Text("lastName", "The customer's last name, as in the profile.", 1, 100)
        .WithExample("Example");
    private static readonly Field<string> AccountNumber = Field
        .Text("accountNumber", "The number of a bank account of the customer: a NUBAN of the bank in bankCode.", 1, 34)
        .WithExample("0123456785");
    private static readonly Field<string> BankCode = Field
        .Text("bankCode", "The code of that account's bank.", 1, 11)
        .WithExample("058");
    private static readonly Field<string> PhoneNumber = Field
        .Text("phoneNumber", "The customer's phone number.", 1, 32)
        .WithExample("+2348000000000");
    private static readonly Field<int> LoanDuration = Field
        .Integer("loanDuration", "The number of installments. A string of digits is accepted too.", 1, 600)
        .OrDigits()
        .WithExample(12);
    private static readonly Field<ProductId> LoanProductId = Field.Id<ProductId>(
        "loanProductId",
        "The product to apply for."
    );
    private static readonly Field<PaymentMethod> LoanRepaymentMethodEnum = Field.OneOf<PaymentMethod>(
        "loanRepaymentMethodEnum",
        "How the loan is to be repaid; one of the product's methods."
    );
    private static readonly Field<decimal> MonthlyIncome = Field
        .Amount("monthlyIncome", "The customer's monthly income: 0 or more.")
        .WithExample(300000);
    private static readonly Field<QuestionId> QuestionId = Field.Id<QuestionId>("questionId", "The question.");
    private static readonly Field<string> AnswerText = Field
        .Text("answer", "YES or NO, one of the options, a number, or a text.", 1, 500)
        .WithExample("YES");
    private static readonly Field<IReadOnlyList<FieldValues>> EligibilityAnswers = Field
        .List(
            "eligibilityAnswers",
            "Answers to the product's eligibility questions.",
            AnswersMax,
            QuestionId,
            AnswerText
        )
        .AsSet()
        .Or([])
        .NotInExamples();
    private static readonly Field<DateOnly?> FirstDueDate = Field
        .Date(
            FirstDueRules.Field,
            "The requested first due date, within the product's range of days after payout. Absent: one period after "
                + "payout."
        )
        .Optional()
        .NotInExamples();
    private static readonly Field<CustomerId?> CustomerId = Field
        .Id<CustomerId>("customerId", "The customer for whom an agent applies. Customers omit it.")
        .Optional();

    public static Contract Contract { get; } =
        new Contract("Apply for a loan")
            .Reads(
                CurrencyCode,
                DateOfBirth,
                DurationCounter,
                LoanApplicationStatusEnum,
                EmploymentStatus,
                LoanAmount,
                Bvn,
                FirstName,
                LastName,
                AccountNumber,
                BankCode,
                PhoneNumber,
                LoanDuration,
                LoanProductId,
                LoanRepaymentMethodEnum,
                MonthlyIncome,
                EligibilityAnswers,
                FirstDueDate,
                CustomerId
            )
            .Returns<ApplicationDetails>()
            .Refuses(
                Refusals.AgentNamesNoCustomer(),
                Refusals.ApplicantMismatch(),
                Refusals.NotFound("customer"),
                Refusals.NotFound("loan product"),
                Refusals.ProductClosed(),
                Refusals.BankUnknown(),
                Refusals.ApplicationOpen(),
                Refusals.AccountNumberInvalid(Nuban.AccountNumberDigits)
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var named = call.Body.Get(CustomerId);
        if (call.Caller.Role == Role.Agent && named is null)
            return Answer.Refused(Refusals.AgentNamesNoCustomer());
        if (call.Caller.Role == Role.Customer && named is not null && named != call.Caller.CustomerId)
            return Answer.Refused(Refusals.ApplicantMismatch());
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await writes.RunAsync(
            call,
            (connection, context) =>
                SubmitAsync(connection, call, named ?? call.Caller.CustomerId, organisation, context)
        );
    }

    private async ValueTask<Answer> SubmitAsync(
        NpgsqlConnection connection,
        Call call,
        CustomerId customerId,
        Organisation organisation,
        ActionContext context
    )
    {
        // The lock makes the second of two concurrent applications see the first.
        var customer = await CustomerStore.LockAsync(connection, organisation.Id, customerId, call.Cancellation);
        if (customer is null)
            return Answer.Refused(Refusals.NotFound("customer"));
        var request = RequestOf(call.Body);
        var offered = await ProductStore.FindCurrentAsync(
            connection,
            organisation.Id,
            call.Body.Get(LoanProductId),
            call.Cancellation
        );
        var known = await ApplicantStore.FindAsync(
            connection,
            customer,
            call.Body.Get(Bvn),
            call.Body.Get(PhoneNumber),
            call.Cancellation
        );
        var earlier = await ApplicationStore.LockOpenAsync(
            connection,
            customerId,
            call.Body.Get(LoanProductId),
            call.Cancellation
        );
        var bank = await BankStore.FindAsync(connection, organisation.Id, request.BankCode, call.Cancellation);
        var isOpen = earlier is not null && ApplicationStates.IsOpen(earlier.StatusAt(context.At));
        var read = ApplicationRules.Read(
            offered?.Product,
            offered?.IsOpen ?? false,
            request,
            known with
            {
                HasOpenApplication = isOpen,
                IsBankKnown = bank is not null,
            },
            context.Today
        );
        if (read.IsRefused)
            return Answer.Refused(read.Refusal);

        if (earlier is not null)
        {
            await ApplicationChangeStore.WriteAsync(
                connection,
                ApplicationSteps.Expire(earlier, context),
                call.Cancellation
            );
        }

        var product = offered!.Product;
        var checks = ApplicationRules.Check(product, read.Value, known, context.Today);
        var loans = await LoanStore.ListAsync(connection, customerId, call.Cancellation);
        var score = Scoring.Of(ApplicantOf(product, read.Value, checks, loans, context.Today));
        var stored = StoredOf(call, customer, product, read.Value, context) with { Checks = checks, Score = score };
        var settings = await OrganisationStore.FindSettingsAsync(connection, organisation.Id, call.Cancellation);
        var decided = ApplicationRules.Decide(product, read.Value, checks, score, settings?.FourEyesAbove);
        var change = Decide(stored, decided, organisation, context);
        await ApplicationChangeStore.WriteAsync(connection, change, call.Cancellation);
        var bankAccountId = await ApplicantStore.FindBankAccountAsync(
            connection,
            customer.Id,
            stored.BankCode,
            stored.AccountNumber,
            call.Cancellation
        );
        return Answer.Success(
            ApplicationDetails.Of(change.After with { BankAccountId = bankAccountId }, context.At),
            MessageOf(change.After)
        );
    }

    private static ApplicationChange Decide(
        StoredApplication stored,
        (ApplicationStatus Status, string? Reason) decided,
        Organisation organisation,
        ActionContext context
    )
    {
        var change = ApplicationChange.Of(stored, context).Automatically();
        return decided.Status switch
        {
            ApplicationStatus.Rejected => change.End(ApplicationStatus.Rejected, decided.Reason!),
            ApplicationStatus.Approved => ApplicationSteps.SendOffer(
                ApplicationSteps.Approve(
                    change,
                    new ApprovedTerms(
                        stored.Requested,
                        stored.Product.AnnualRatePercent,
                        stored.Duration,
                        stored.RequestedFirstDueOn
                    )
                ),
                organisation.TimeZone
            ),
            _ => change,
        };
    }

    private static LoanRequest RequestOf(FieldValues body) =>
        new()
        {
            CurrencyCode = body.Get(CurrencyCode),
            Amount = body.Get(LoanAmount),
            Duration = body.Get(LoanDuration),
            RepaymentMethod = body.Get(LoanRepaymentMethodEnum),
            EmploymentStatus = body.Get(EmploymentStatus),
            MonthlyIncome = body.Get(MonthlyIncome),
            DateOfBirth = body.Get(DateOfBirth),
            FirstName = body.Get(FirstName),
            LastName = body.Get(LastName),
            BankCode = body.Get(BankCode),
            AccountNumber = body.Get(AccountNumber),
            FirstDueOn = body.Get(FirstDueDate),
            Answers =
            [
                .. body.Get(EligibilityAnswers)
                    .Select(answer => new GivenAnswer(answer.Get(QuestionId), answer.Get(AnswerText))),
            ],
        };

    private StoredApplication StoredOf(
        Call call,
        Customer customer,
        LoanProduct product,
        ReadRequest request,
        ActionContext context
    ) =>
        new()
        {
            CustomerId = customer.Id,
            Id = ids.Next<LoanApplicationId>(),
            OrganisationId = call.Caller.OrganisationId,
            CustomerName = customer.Name,
            Email = customer.Email,
            Product = product,
            Status = ApplicationStatus.Requested,
            Requested = request.Amount,
            Duration = request.Sent.Duration,
            DurationCounter = call.Body.Get(DurationCounter),
            RepaymentMethod = request.Sent.RepaymentMethod,
            EmploymentStatus = request.Sent.EmploymentStatus,
            MonthlyIncome = request.MonthlyIncome,
            FirstName = request.Sent.FirstName,
            LastName = request.Sent.LastName,
            DateOfBirth = request.Sent.DateOfBirth,
            PhoneNumber = call.Body.Get(PhoneNumber),
            Bvn = call.Body.Get(Bvn),
            AccountNumber = request.Account.AccountNumber,
            BankCode = request.Account.BankCode,
            Answers = request.Sent.Answers,
            Checks = [],
            Score = new Score([]),
            RequestedFirstDueOn = request.Sent.FirstDueOn,
            RequestedBy = context.By,
            RequestedOn = context.Today,
            RecordedAt = context.At,
        };

    private static ScoredApplicant ApplicantOf(
        LoanProduct product,
        ReadRequest request,
        IReadOnlyList<CheckResult> checks,
        IReadOnlyList<StoredLoan> loans,
        DateOnly today
    )
    {
        var isWithinLimits = checks
            .Where(check => check.Check is ApplicationCheck.Amount or ApplicationCheck.Duration)
            .All(check => check.Passed);
        return new ScoredApplicant
        {
            MonthlyIncome = request.MonthlyIncome,
            EmploymentStatus = request.Sent.EmploymentStatus,
            Wanted = isWithinLimits
                ? ProductTerms.Of(
                    product,
                    request.Amount,
                    request.Sent.Duration,
                    product.AnnualRatePercent,
                    today,
                    request.Sent.FirstDueOn
                )
                : null,
            Loans = [.. loans.Where(loan => loan.Currency == product.Currency).Select(loan => loan.Replay(today))],
            QuestionsAsked = product.Questions.Count,
            QuestionsAnswered = request.Sent.Answers.Count,
        };
    }

    private static string MessageOf(StoredApplication stored) =>
        stored.Status switch
        {
            ApplicationStatus.Rejected => $"Your application is rejected. {stored.Reason}",
            ApplicationStatus.OfferSent => "Your application is approved. See the offer in get-loan-offer.",
            _ => "Your application is recorded and awaits a decision.",
        };
}
