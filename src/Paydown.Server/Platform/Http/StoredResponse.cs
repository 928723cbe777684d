using Microsoft.AspNetCore.Http.Features;

namespace Paydown.Server.Platform.Http;

/// <summary>A response that releases what its request registered, as Kestrel's does.</summary>
internal sealed class StoredResponse : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Run, object State)> callbacks = new();

    public override void OnCompleted(Func<object, Task> callback, object state) => callbacks.Push((callback, state));

    public async Task EndAsync()
    {
        while (callbacks.TryPop(out var callback))
            await callback.Run(callback.State);
    }
}
