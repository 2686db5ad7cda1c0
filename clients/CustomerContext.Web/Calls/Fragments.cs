using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CustomerContext.Web.Calls;

/// <summary>Renders a part of a page by itself, so that what is pushed is what a reload would show.</summary>
internal sealed class Fragments(IRazorViewEngine engine, ITempDataProvider tempData, IHttpContextAccessor accessor)
{
    /// <summary>The markup of <c>Pages/Shared/NAME.cshtml</c> for a model, on one line as server-sent events want it.</summary>
    public async Task<string> Render(string name, object model)
    {
        var http = accessor.HttpContext ?? throw new InvalidOperationException("Only within a request.");
        var services = http.RequestServices;
        await using var own = services.CreateAsyncScope(); // the buffers of a view are given back when its scope ends, and a stream's request is hours long
        http.RequestServices = own.ServiceProvider;
        try
        {
            return await Render(http, name, model);
        }
        finally
        {
            http.RequestServices = services;
        }
    }

    private async Task<string> Render(HttpContext http, string name, object model)
    {
        var found = engine.GetView(null, $"/Pages/Shared/{name}.cshtml", isMainPage: false);
        found.EnsureSuccessful(null);
        var action = new ActionContext(http, new RouteData(), new ActionDescriptor());
        var data = new ViewDataDictionary<object>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model };
        await using var writer = new StringWriter();
        await found.View.RenderAsync(new ViewContext(action, found.View, data, new TempDataDictionary(http, tempData), writer, new HtmlHelperOptions()));
        return writer.ToString().ReplaceLineEndings(" ");
    }
}
