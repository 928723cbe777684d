namespace Paydown.Lending.Terms;

/// <summary>What a charge-off does to the installments to come.</summary>
public enum ChargeOffEffect
{
    /// <summary>Nothing.</summary>
    KeepsPlan,

    /// <summary>No interest from its day on: each later installment keeps its amount, as principal.</summary>
    ZeroInterest,

    /// <summary>All principal falls due on its day, with interest until then; later installments fall away.</summary>
    AccelerateMaturity,
}

/// <summary>Where unpaid interest goes that leaves its installment.</summary>
public enum MovedInterest
{
    /// <summary>The next installment asks for it.</summary>
    WithNext,

    /// <summary>All installments to come ask for an equal part of it.</summary>
    SplitEvenly,
}
