using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>Where money for the future goes, as agreed and as changed since.</summary>
internal sealed class FutureRules(AllocationPolicy policy)
{
    private Dictionary<PaymentSource, FutureRule>? changed;
    private FutureRule otherwise = policy.DefaultFutureRule;

    public void Change(FutureRuleChanged change)
    {
        if (change.Source is { } source)
            (changed ??= [])[source] = change.Rule;
        else
            otherwise = change.Rule;
    }

    public FutureRule For(PaymentSource source)
    {
        if (changed is not null && changed.TryGetValue(source, out var rule))
            return rule;
        return policy.FutureRules.TryGetValue(source, out var agreed) ? agreed : otherwise;
    }
}
