using System.Text.Json.Serialization;

namespace Paydown.Lending.Identifiers;

/// <summary>A lender.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct OrganisationId(Guid Value) : IId<OrganisationId>
{
    public static OrganisationId Of(Guid value) => new(value);

    /// <summary>
    /// The lender itself in the place of a customer: in the books, what concerns no customer is kept under it.
    /// </summary>
    public CustomerId AsHolder => new(Value);

    public override string ToString() => Value.ToString();
}

/// <summary>Who acts: an officer, an agent, a customer or an API token.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct UserId(Guid Value) : IId<UserId>
{
    /// <summary>The actor of what the program does by itself.</summary>
    public static UserId Nobody => default;

    public static UserId Of(Guid value) => new(value);

    /// <summary>The same person as a customer; meaningful only if the user is one.</summary>
    public CustomerId AsCustomer => new(Value);

    public override string ToString() => Value.ToString();
}

/// <summary>A customer, who is also a user with the same id.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct CustomerId(Guid Value) : IId<CustomerId>
{
    public static CustomerId Of(Guid value) => new(value);

    /// <summary>The same person as a user.</summary>
    public UserId AsUser => new(Value);

    public override string ToString() => Value.ToString();
}

/// <summary>A loan account.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct LoanId(Guid Value) : IId<LoanId>
{
    public static LoanId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A loan application.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct LoanApplicationId(Guid Value) : IId<LoanApplicationId>
{
    public static LoanApplicationId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A loan product, in all its versions.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct ProductId(Guid Value) : IId<ProductId>
{
    public static ProductId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A question that applicants for a product answer.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct QuestionId(Guid Value) : IId<QuestionId>
{
    public static QuestionId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>An event of a loan. The event of a repayment has the id of the repayment.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct LoanEventId(Guid Value) : IId<LoanEventId>
{
    public static LoanEventId Of(Guid value) => new(value);

    /// <summary>The repayment; meaningful only if the event is that of a repayment.</summary>
    public RepaymentId AsRepayment => new(Value);

    public override string ToString() => Value.ToString();
}

/// <summary>A repayment.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct RepaymentId(Guid Value) : IId<RepaymentId>
{
    public static RepaymentId Of(Guid value) => new(value);

    /// <summary>The event that the repayment becomes when it is verified.</summary>
    public LoanEventId AsEvent => new(Value);

    public override string ToString() => Value.ToString();
}

/// <summary>A customer's bank account.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct BankAccountId(Guid Value) : IId<BankAccountId>
{
    public static BankAccountId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A transfer from a wallet to a bank account.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct TransferId(Guid Value) : IId<TransferId>
{
    public static TransferId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A batch of transfers for the payment partner.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct PaymentBatchId(Guid Value) : IId<PaymentBatchId>
{
    public static PaymentBatchId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A bank account of the lender.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct CollectionAccountId(Guid Value) : IId<CollectionAccountId>
{
    public static CollectionAccountId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A bank statement of an account of the lender.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct BankStatementId(Guid Value) : IId<BankStatementId>
{
    public static BankStatementId Of(Guid value) => new(value);

    /// <summary>The statement in the place of a user: it recorded the repayments that nobody had reported.</summary>
    public UserId AsRecorder => new(Value);

    public override string ToString() => Value.ToString();
}

/// <summary>An entry of a bank statement.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct StatementEntryId(Guid Value) : IId<StatementEntryId>
{
    public static StatementEntryId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A third party that collects loans.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct CollectorId(Guid Value) : IId<CollectorId>
{
    public static CollectorId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A file of a collector, with what it collected.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct CollectorFileId(Guid Value) : IId<CollectorFileId>
{
    public static CollectorFileId Of(Guid value) => new(value);

    /// <summary>The file in the place of a user: it recorded the repayments of its lines.</summary>
    public UserId AsRecorder => new(Value);

    public override string ToString() => Value.ToString();
}

/// <summary>A payment that a collector has collected: a line of its file.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct CollectionId(Guid Value) : IId<CollectionId>
{
    public static CollectionId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>The record of any kind that a journal entry, an audit entry or an approval is about.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct SubjectId(Guid Value) : IId<SubjectId>
{
    public static SubjectId Of(Guid value) => new(value);

    /// <summary>The record itself; meaningful only if it is of that kind.</summary>
    public TId As<TId>()
        where TId : struct, IId<TId> => TId.Of(Value);

    public override string ToString() => Value.ToString();
}

/// <summary>Makes a subject of any record.</summary>
public static class Subjects
{
    extension<TId>(TId id)
        where TId : struct, IId<TId>
    {
        /// <summary>The record as the subject of an entry or approval.</summary>
        public SubjectId AsSubject => new(id.Value);
    }
}

/// <summary>An entry of the journal.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct JournalEntryId(Guid Value) : IId<JournalEntryId>
{
    public static JournalEntryId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
