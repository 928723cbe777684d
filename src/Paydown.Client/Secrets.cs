namespace Paydown.Client;

// These records hold secrets or personal data, which must not reach a log.

public sealed partial record NewApiToken
{
    /// <summary>The id, without the token.</summary>
    public override string ToString() => $"{nameof(NewApiToken)} {Id}";
}

public sealed partial record NewApplication
{
    /// <summary>The product, without personal data.</summary>
    public override string ToString() => $"{nameof(NewApplication)} for {LoanProductId}";
}

public sealed partial record NewCustomer
{
    /// <summary>The type only.</summary>
    public override string ToString() => nameof(NewCustomer);
}

public sealed partial record NewTransactionPin
{
    /// <summary>The type only.</summary>
    public override string ToString() => nameof(NewTransactionPin);
}

public sealed partial record PayoffRequest
{
    /// <summary>The loan application, without the PIN.</summary>
    public override string ToString() => $"{nameof(PayoffRequest)} of {LoanApplicationId}";
}

public sealed partial record TransferOrder
{
    /// <summary>The amount and the bank account, without the PIN.</summary>
    public override string ToString() => $"{nameof(TransferOrder)} of {Amount} to {BankAccountId}";
}
