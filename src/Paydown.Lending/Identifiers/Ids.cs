using System.Text.Json.Serialization;

namespace Paydown.Lending.Identifiers;

// An id converts to its value implicitly, for wire records; a value becomes an id only explicitly.

/// <summary>A customer, who is also a user with the same id.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct CustomerId(Guid Value) : IId<CustomerId>
{
    public static CustomerId Of(Guid value) => new(value);

    public static implicit operator Guid(CustomerId id) => id.Value;

    public override string ToString() => Value.ToString();
}

/// <summary>A loan account.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct LoanId(Guid Value) : IId<LoanId>
{
    public static LoanId Of(Guid value) => new(value);

    public static implicit operator Guid(LoanId id) => id.Value;

    public override string ToString() => Value.ToString();
}

/// <summary>A repayment.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct RepaymentId(Guid Value) : IId<RepaymentId>
{
    public static RepaymentId Of(Guid value) => new(value);

    public static implicit operator Guid(RepaymentId id) => id.Value;

    public override string ToString() => Value.ToString();
}

/// <summary>A customer's bank account.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct BankAccountId(Guid Value) : IId<BankAccountId>
{
    public static BankAccountId Of(Guid value) => new(value);

    public static implicit operator Guid(BankAccountId id) => id.Value;

    public override string ToString() => Value.ToString();
}
